public import Packets

/// One captured packet of the port.
public struct PacketRecord: Sendable {
  /// What the frame held.
  public enum Content: Sendable {
    /// A segment or datagram.
    case packet(Packet)
    /// An ICMP error that quotes one.
    case error(ICMPError)
  }

  /// What the frame held.
  public var content: Content
  /// The captured bytes.
  public var frame: [UInt8]
  /// The frame's length on the wire.
  public var length: Int
  /// The payload of a datagram that was put together from fragments; nil when it lies in `frame`.
  public var reassembled: [UInt8]?
  /// When it was captured.
  public var time: Timestamp
  /// Its number in the capture, from 1.
  public var number: Int
  /// How the frame begins.
  public var link: LinkType
  /// Where it came from.
  public var origin: Origin
  /// What a run that joins this file with others has to know of it; nil when none is meant to.
  public var event: [UInt8]?

  /// A record.
  public init(
    content: Content, frame: [UInt8], length: Int, reassembled: [UInt8]? = nil, time: Timestamp,
    number: Int,
    link: LinkType, origin: Origin = Origin()
  ) {
    self.content = content
    self.frame = frame
    self.length = length
    self.reassembled = reassembled
    self.time = time
    self.number = number
    self.link = link
    self.origin = origin
  }
}
