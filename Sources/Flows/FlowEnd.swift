/// Why a flow's record was closed.
public enum FlowEnd: String, Hashable, Sendable, CaseIterable {
  /// The connection was closed or reset.
  case closed
  /// Silence longer than the idle timeout.
  case idle
  /// The table was full and this flow made room.
  case evicted
  /// The capture ended.
  case captureEnd = "capture-end"
}
