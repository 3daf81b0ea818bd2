import Packets

/// What makes packets one flow: the two endpoints, whichever sent, and the transport; and where the same ends are used in
/// several networks at a time, the lane.
struct FlowKey: Hashable, Sendable {
  let low: Endpoint
  let high: Endpoint
  let transport: Transport
  /// The network that its packets are tagged with, as ``FlowLanes`` numbers them; 0 as long as nothing asks for one.
  let lane: UInt32

  init(_ one: Endpoint, _ other: Endpoint, _ transport: Transport, lane: UInt32 = 0) {
    (low, high) = one < other ? (one, other) : (other, one)
    self.transport = transport
    self.lane = lane
  }
}
