/// What a frame turned out to hold.
public enum Decoded: Sendable {
  /// A segment or datagram; its payload lies in the frame.
  case packet(Packet)
  /// The frame completed a fragmented datagram; the payload lies in these bytes of their own, and `frames` are the
  /// numbers of all frames that held its fragments, this one last.
  case reassembled(Packet, [UInt8], frames: [Int])
  /// An ICMP error that quotes a segment or datagram.
  case error(ICMPError)
  /// A fragment, kept until the others come.
  case heldFragment
  /// Something sound without ports (ARP, ICMP echo, OSPF, ...).
  case other

  /// Whether a packet, or the datagram that an error quotes, has `port` at either end.
  public func touches(_ port: UInt16) -> Bool {
    switch self {
    case .packet(let packet), .reassembled(let packet, _, _): packet.touches(port)
    case .error(let error): error.touches(port)
    case .heldFragment, .other: false
    }
  }
}
