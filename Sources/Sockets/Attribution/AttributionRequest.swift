/// The question who is at one end of a flow. It has a fixed size but for the length of its addresses (4 or 16 bytes), so
/// that it can be put to a process with more rights.
public struct AttributionRequest: Hashable, Sendable {
  /// TCP or UDP.
  public var transport: SocketEntry.Transport
  /// The end in question.
  public var local: SocketEndpoint
  /// The other end.
  public var peer: SocketEndpoint
  /// When the flow's first packet was captured, in nanoseconds since 1970.
  public var time: Int64
  /// Whether this end began the flow: it connected, or sent the first datagram.
  public var isOpener: Bool
  /// Whether it is not known which end is the server's, so that the answer has to tell whether a socket listens on this one.
  public var asksForListener: Bool
  /// Whether nobody answered at this end, so that the answer has to tell whether the local firewall let it come that far.
  public var asksForFirewall = false

  /// A question of these values.
  public init(
    transport: SocketEntry.Transport, local: SocketEndpoint, peer: SocketEndpoint, time: Int64,
    isOpener: Bool, asksForListener: Bool = false
  ) {
    self.transport = transport
    self.local = local
    self.peer = peer
    self.time = time
    self.isOpener = isOpener
    self.asksForListener = asksForListener
  }
}
