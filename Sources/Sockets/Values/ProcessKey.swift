/// What tells processes apart for good: a number is given away again, but not with the same start.
public struct ProcessKey: Hashable, Sendable {
  private let pid: Int32
  private let startTicks: UInt64

  init(_ process: ProcessIdentity) {
    pid = process.pid
    startTicks = process.startTicks
  }
}

extension ProcessIdentity {
  /// Which process it is.
  public var key: ProcessKey { ProcessKey(self) }
}
