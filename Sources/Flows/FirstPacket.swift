public import Packets

/// The headers of one packet that verdicts look at again: scanners and old systems have their marks there.
public struct FirstPacket: Hashable, Sendable {
  /// Number of the packet in its capture, from 1.
  public let number: Int
  /// Its IP header.
  public let ip: IPHeader
  /// Its TCP header; nil for UDP.
  public let tcp: TCPHeader?
  /// Payload bytes on the wire.
  public let payloadLength: Int
  /// Who sent it.
  public internal(set) var side: Side

  /// The headers of one packet.
  public init(number: Int, ip: IPHeader, tcp: TCPHeader?, payloadLength: Int, side: Side) {
    self.number = number
    self.ip = ip
    self.tcp = tcp
    self.payloadLength = payloadLength
    self.side = side
  }
}
