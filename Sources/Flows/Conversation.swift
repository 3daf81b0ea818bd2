public import Packets

/// What a flow's two sides said first: all that recognition sees. No addresses, no ports.
public struct Conversation: Sendable {
  /// TCP or UDP.
  public var transport: Transport
  /// What the client said. When the flow's start was missed, `client` is who spoke first in the capture.
  public var client: SideBytes
  /// What the server said.
  public var server: SideBytes
  /// The first payload-carrying packets of both sides in capture order, at most `FlowLimits.turns`.
  public var turns: [Turn]
  /// Whether client and server are known (SYN, SYN+ACK, or the first datagram of a UDP flow); otherwise a recogniser
  /// must try both ways round and may say which side is the client.
  public var knowsClient: Bool
  /// Whether the flow is over, so that no more bytes will come.
  public var isFinished: Bool

  /// A conversation of these values.
  public init(
    transport: Transport, client: SideBytes = SideBytes(), server: SideBytes = SideBytes(),
    turns: [Turn] = [],
    knowsClient: Bool = true, isFinished: Bool = false
  ) {
    self.transport = transport
    self.client = client
    self.server = server
    self.turns = turns
    self.knowsClient = knowsClient
    self.isFinished = isFinished
  }

  /// What one side said.
  public subscript(side: Side) -> SideBytes { side == .client ? client : server }
}
