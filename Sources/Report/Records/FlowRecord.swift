public import Flows
public import Sockets
public import Verdicts

/// A flow with its verdict and the processes at its ends, as far as they are on this host.
public struct FlowRecord: Sendable {
  /// What a live capture reports of a flow.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// Classified for the first time.
    case start = "flow-start"
    /// The verdict changed.
    case update = "flow-update"
    /// Over.
    case end = "flow-end"
  }

  /// How the processes were found.
  public enum Attribution: String, Hashable, Sendable, CaseIterable {
    /// In the kernel's socket table when the packet came.
    case socketTable = "socket-table"
    /// The kernel told when the process used the socket.
    case event
    /// Remembered from a look before; the socket was gone when the packet came.
    case remembered
  }

  /// The flow.
  public var flow: Flow
  /// What it is.
  public var verdict: Verdict
  /// Where its packets came from.
  public var origin: Origin
  /// What is reported of it; nil offline, where there is one record a flow.
  public var action: Action?
  /// The client's process; nil when it is elsewhere or unknown.
  public var clientProcess: ProcessIdentity?
  /// The server's process; nil when it is elsewhere or unknown.
  public var serverProcess: ProcessIdentity?
  /// Why an end on this host has no process; nil when each has one or none is here.
  public var missingOwner: MissingOwner?
  /// How the processes were found; nil without any.
  public var attribution: Attribution?

  /// A record; everything beside the flow and the verdict may be absent.
  public init(
    flow: Flow, verdict: Verdict, origin: Origin = Origin(), action: Action? = nil,
    clientProcess: ProcessIdentity? = nil, serverProcess: ProcessIdentity? = nil,
    missingOwner: MissingOwner? = nil, attribution: Attribution? = nil
  ) {
    self.flow = flow
    self.verdict = verdict
    self.origin = origin
    self.action = action
    self.clientProcess = clientProcess
    self.serverProcess = serverProcess
    self.missingOwner = missingOwner
    self.attribution = attribution
  }
}
