public import CallWaiting
public import Flows

/// A call of a documented Internet Call Waiting protocol with the flow that carried it.
public struct CallRecord: Sendable {
  /// The call.
  public var call: Call
  /// The flow.
  public var flow: Flow
  /// Where its packets came from.
  public var origin: Origin

  /// A record.
  public init(call: Call, flow: Flow, origin: Origin = Origin()) {
    self.call = call
    self.flow = flow
    self.origin = origin
  }
}
