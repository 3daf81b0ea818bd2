import Captures
import Verdicts

extension AnalysisRun {
  /// Bytes between two looks at flows that ended, in a file that grows.
  private static let followedSegment: UInt64 = 64 * 1024

  /// A walk through a capture, of a large one by all processors.
  func segmentWalk() -> SegmentWalk {
    let port = context.port
    return SegmentWalk(
      length: follows ? Self.followedSegment : SegmentWalk.length,
      sieve: { PortSieve.sifting(port: port) },
      spread: !spreads
        ? nil
        : { segments, walk in
          let walks = Processors.begin(segments) {
            // The run looks at signals between two segments: the one behind this shall not be far.
            Signals.endIsPending ? nil : walk($0)
          }
          return { walks.results() }
        })
  }
}
