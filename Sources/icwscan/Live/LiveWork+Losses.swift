import Captures
import Flows
import Packets
import Verdicts

/// What a live capture knows of packets that it lost.
extension LiveWork {
  /// Notes how many packets the kernel and the interfaces have dropped by now.
  mutating func noteLosses(_ statistics: CaptureStatistics, at now: Timestamp) {
    losses.note(lost: statistics.dropped + statistics.interfaceDropped, at: now)
  }
}
