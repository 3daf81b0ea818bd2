import Captures
import Glibc
import Report
import Synchronization

/// How far long work has come, on standard error: a line that is drawn again and again, or a JSON object a second.
struct Progress {
  /// How it is shown.
  enum Form: Sendable {
    /// A line on a terminal.
    case line
    /// One object a line.
    case json
  }

  /// Nanoseconds before the first sight of it: short work shows none.
  private static let patience: Int64 = 500_000_000
  /// Nanoseconds between two sights.
  private static let pause: Int64 = 200_000_000
  private static let pauseOfRecords: Int64 = 1_000_000_000
  /// Whether a line stands on the terminal.
  private static let isShown = Atomic<Bool>(false)

  private let form: Form
  private let total: UInt64?
  private let meter: ByteMeter
  private let start = Clock.monotonic
  private var next: Int64

  /// Progress through inputs of `total` bytes, where that is known; `meter` counts what was read of them.
  init(form: Form, total: UInt64?, meter: ByteMeter) {
    self.form = form
    self.total = total
    self.meter = meter
    next = start + (form == .line ? Self.patience : 0)
  }

  /// Shows how far it has come, when it is time.
  mutating func note(flows: Int, packets: Int) {
    let now = Clock.monotonic
    guard now >= next else { return }
    next = now + (form == .line ? Self.pause : Self.pauseOfRecords)
    show(at: now, flows: flows, packets: packets)
  }

  /// Shows the end, of records; takes the line away.
  func finish(flows: Int, packets: Int) {
    if form == .json { show(at: Clock.monotonic, flows: flows, packets: packets) }
    Self.erase()
  }

  private func show(at now: Int64, flows: Int, packets: Int) {
    let state = ProgressRecord(
      bytes: meter.bytes, total: total, nanoseconds: max(0, now - start), flows: flows,
      packets: packets)
    switch form {
    case .json: Diagnostics.put(state.text)
    case .line:
      let line = state.line.prefix(max(20, Terminal.width(of: STDERR_FILENO) - 1))
      Diagnostics.write("\r\(line)\u{1b}[K\r")
      Self.isShown.store(true, ordering: .relaxed)
    }
  }

  /// Takes the line away, before anything else is written to the terminal.
  static func erase() {
    if isShown.exchange(false, ordering: .relaxed) { Diagnostics.write("\r\u{1b}[K") }
  }
}
