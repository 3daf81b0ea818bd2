/// What tells processes apart for good: a number is given away again, but not with the same start.
public struct ProcessKey: Hashable, Comparable, Sendable {
  private let pid: Int32
  private let startTicks: UInt64

  init(_ process: ProcessIdentity) {
    pid = process.pid
    startTicks = process.startTicks
  }

  /// By number, then by age.
  public static func < (one: Self, other: Self) -> Bool {
    one.pid != other.pid ? one.pid < other.pid : one.startTicks < other.startTicks
  }
}

extension ProcessIdentity {
  /// Which process it is.
  public var key: ProcessKey { ProcessKey(self) }
}
