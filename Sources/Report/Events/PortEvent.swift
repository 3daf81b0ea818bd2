public import Packets

/// One packet of the port, or an ICMP error about it, as flows take it: decoded, apart from the frame that it came in.
public struct PortEvent: Hashable, Sendable {
  /// What the frame held.
  public enum Content: Hashable, Sendable {
    /// A segment or datagram and its captured payload.
    case packet(Packet, payload: [UInt8])
    /// An ICMP error that quotes one.
    case error(ICMPError)
  }

  /// What the frame held.
  public var content: Content
  /// When it was captured.
  public var time: Timestamp
  /// Its frame's number in its file, from 1.
  public var number: Int
  /// How its frame began.
  public var link: LinkType
  /// The length on the wire that counts for its flow.
  public var wireLength: Int
  /// The interface of its file that it was captured on, to tell copies.
  public var interface: Int
  /// The process that the file names for the packet; nil when it names none.
  public var claim: ProcessClaim?
  /// What the file says of the packet beside its bytes; nil when it says nothing.
  public var remarks: FrameRemarks?

  /// An event.
  public init(
    content: Content, time: Timestamp, number: Int, link: LinkType, wireLength: Int, interface: Int
  ) {
    self.content = content
    self.time = time
    self.number = number
    self.link = link
    self.wireLength = wireLength
    self.interface = interface
  }
}
