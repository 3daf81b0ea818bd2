/// What the link layer says of a frame beside its payload.
public struct LinkAddresses: Hashable, Sendable {
  /// Sender's hardware address in the low 48 bits, where the link has one of six bytes.
  public var source: UInt64?
  /// Receiver's hardware address in the low 48 bits.
  public var destination: UInt64?
  /// The EtherType in front of the network layer, where the link has one.
  public var etherType: UInt16?
  /// Linux cooked capture: packet type (0 to us, 1 broadcast, 2 multicast, 3 to somebody else, 4 sent by us).
  public var packetType: UInt16?
  /// Linux cooked capture version 2: the kernel's interface index.
  public var interface: UInt32?

  /// No link-layer facts.
  public init() {}
}
