import Glibc
import Testing

@testable import Captures

/// What reading a file segment by segment gave, everything that a run can hang on.
struct SegmentReading: Equatable {
  var numbers: [Int] = []
  var frames: [Shown] = []
  var processes: [FrameProcess?] = []
  /// How many frames, the time of the last and the offset stood behind each segment.
  var steps: [[Int64]] = []
  var error: CaptureError?
  /// Segments that were taken as others had walked them: no part of the comparison.
  var taken = 0

  static func == (one: Self, other: Self) -> Bool {
    one.numbers == other.numbers && one.frames == other.frames && one.steps == other.steps
      && one.processes == other.processes
      && one.error == other.error
  }

  /// Reads a file in segments of `length` bytes; with `isSpread` several are walked ahead, the last first.
  init(
    length: UInt64, isSpread: Bool, limit: Int = .max, meter: ByteMeter? = nil,
    _ descriptor: Int32, picks: @escaping @Sendable (Span<UInt8>, Int32) -> Bool
  ) {
    do throws(CaptureError) {
      let input = try BufferedInput(descriptor: descriptor, source: "bytes", meter: meter)
      var file = try CaptureFile.reading(input, isUnpacked: false)
      var walk = SegmentWalk(
        length: length,
        sieve: {
          return { batch, picked in
            for index in 0..<batch.count where picks(batch.bytes(index), batch.linkType(index)) {
              picked.append(index)
            }
          }
        },
        spread: !isSpread
          ? nil
          : { segments, work in
            // Half of them now, the last first, and half when they are asked for.
            let begun = segments.dropFirst(segments.count / 2).reversed().map(work).reversed()
            return { segments.prefix(segments.count / 2).map(work) + begun }
          })
      defer { taken = walk.taken }
      while !file.hasEnded, numbers.count < limit {
        defer {
          steps.append([
            Int64(file.frameCount), file.last.nanoseconds ?? -1, Int64(file.last.linkType),
          ])
          if numbers.count < limit { steps.append([Int64(file.bytesRead)]) }
          // The end may show in the last segment or behind it.
          if steps.count >= 4, steps.suffix(2) == steps.dropLast(2).suffix(2) {
            steps.removeLast(2)
          }
        }
        try walk.read(&file) { frame in
          // Where a record lies at the end of what one read brought, it is delivered unasked.
          guard picks(frame.bytes, frame.linkType) else { return true }
          numbers.append(frame.number)
          frames.append(Shown(frame))
          processes.append(frame.process)
          return numbers.count < limit
        }
      }
    } catch {
      self.error = error
    }
  }
}
