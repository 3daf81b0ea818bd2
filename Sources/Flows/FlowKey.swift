import Packets

/// What makes packets one flow: the two endpoints, whichever sent, and the transport.
struct FlowKey: Hashable, Sendable {
  let low: Endpoint
  let high: Endpoint
  let transport: Transport

  init(_ one: Endpoint, _ other: Endpoint, _ transport: Transport) {
    (low, high) = one < other ? (one, other) : (other, one)
    self.transport = transport
  }
}
