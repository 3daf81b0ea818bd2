import Captures
import Packets
import Report

extension FrameSpan {
  /// From the first to the last frame that was read of a capture; nil where one of them has no time.
  init?(_ file: borrowing CaptureFile) {
    guard let first = file.first.nanoseconds, let last = file.last.nanoseconds else { return nil }
    self.init(Timestamp(nanoseconds: first), Timestamp(nanoseconds: last))
  }
}
