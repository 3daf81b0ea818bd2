/// Reads a capture segment by segment, those of a large file on several threads at once.
///
/// Where a segment's first record begins is guessed by the thread that walks it, and holds when the segment before it
/// ends there; else the segment is walked once more from where it really begins. So what is delivered, and which
/// errors are thrown, is the same as without other threads.
public struct SegmentWalk {
  /// The kind of the work that is spread: a segment to what it holds, nil where somebody else has to walk it.
  public typealias Work = @Sendable (Segment) -> WalkedSegment?
  /// Has others begin with the work for all segments, in any order on any threads. What it returns is called once at
  /// most, finishes the work and gives the results in the order of the segments.
  public typealias Spread = ([Segment], @escaping Work) -> () -> [WalkedSegment?]

  /// The length of a segment that is long enough for its work to be worth a thread's turn.
  public static let length: UInt64 = 2 * 1024 * 1024
  /// Segments that are walked before the first of them is delivered, while as many before them are: all of what they
  /// hold may have to be kept.
  static let together = 8
  /// Wrong guesses more than right ones after which no more are made: some kinds of records are no guess's friends.
  private static let patience = 16

  private let length: UInt64
  private let sieve: @Sendable () -> FrameBatch.Sieve
  private let spread: Spread?
  /// Segments that were walked ahead, the next one last.
  private var ahead: [(segment: Segment, walked: WalkedSegment?)] = []
  /// Those behind them, which are being walked.
  private var coming: (segments: [Segment], walked: () -> [WalkedSegment?])?
  private var patience = Self.patience
  /// Where the segment that is being read ends.
  private var end: UInt64 = 0
  private var presentSieve: FrameBatch.Sieve
  /// Segments that were delivered as others had walked them.
  private(set) var taken = 0

  /// A walk in segments of `length` bytes.
  ///
  /// - Parameters:
  ///   - length: Bytes of a segment; the last may be shorter.
  ///   - sieve: Makes a sieve; each segment has its own, so that what is picked does not depend on who walks it.
  ///   - spread: Has segments walked; nil where all is to be read by one thread.
  public init(
    length: UInt64 = Self.length, sieve: @escaping @Sendable () -> FrameBatch.Sieve,
    spread: Spread?
  ) {
    self.length = max(1, length)
    self.sieve = sieve
    self.spread = spread
    presentSieve = sieve()
  }

  /// Reads a segment, or what is left of one: delivers its frames as ``CaptureFile/read(most:before:sifting:_:)`` does.
  ///
  /// - Throws: `CaptureError` as that does.
  public mutating func read(
    _ file: inout CaptureFile, _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) {
    let place = file.bytesRead
    if place >= end, !file.hasEnded {
      // Where a record is looked for nobody knows where one begins.
      if file.damage.begin == nil, let walked = nextWalked(file, at: place) {
        taken += 1
        try file.take(walked, body)
        return
      }
      end = endOfSegment(at: place)
      presentSieve = sieve()
    }
    let changes = file.section.changes
    try file.read(before: end, sifting: presentSieve, body)
    if file.section.changes != changes { (ahead, coming) = ([], nil) }
  }

  /// The segment at `place`, if it was rightly walked ahead.
  private mutating func nextWalked(
    _ file: borrowing CaptureFile, at place: UInt64
  ) -> WalkedSegment? {
    dropPassed(place)
    // The first segment usually tells of the interfaces of all.
    if ahead.isEmpty, end > 0 { walkAhead(file, from: place) }
    guard let first = ahead.popLast() else { return nil }
    guard let walked = first.walked, walked.begin == place else {
      patience -= 2
      return nil
    }
    patience = min(patience + 1, 4 * Self.patience)
    return walked
  }

  /// A record that is longer than a segment leaves none for the next.
  private mutating func dropPassed(_ place: UInt64) {
    while let first = ahead.last, first.segment.range.upperBound <= place { ahead.removeLast() }
  }

  /// Takes the next segments as they were walked, and has those behind them begun: not before, or more threads than
  /// processors would be at work.
  private mutating func walkAhead(_ file: borrowing CaptureFile, from place: UInt64) {
    guard patience >= 0 else { return coming = nil }
    var next = coming.take()
    if let end = next?.segments.last?.range.upperBound, end <= place { next = nil }
    guard let (segments, walked) = next ?? begun(file, from: place, place: place, least: 2)
    else { return }
    ahead = zip(segments, walked()).reversed().map { ($0, $1) }
    coming = segments.last.flatMap {
      begun(file, from: $0.range.upperBound, place: place, least: 1)
    }
    dropPassed(place)
  }

  /// Has the segments from `begin` on walked, where there are as many as are worth it; a record is known to begin at
  /// `place`.
  private func begun(
    _ file: borrowing CaptureFile, from begin: UInt64, place: UInt64, least: Int
  ) -> (segments: [Segment], walked: () -> [WalkedSegment?])? {
    guard let spread, let capture = SharedCapture(file) else { return nil }
    var segments: [Segment] = []
    var begin = begin
    while begin < capture.size, segments.count < Self.together {
      let end = endOfSegment(at: begin)
      segments.append(Segment(range: begin..<end, beginsRecord: begin == place))
      begin = end
    }
    guard segments.count >= least else { return nil }
    let sieve = sieve
    return (segments, spread(segments) { capture.walk($0, sifting: sieve()) })
  }

  private func endOfSegment(at place: UInt64) -> UInt64 {
    let (end, overflow) = (place / length + 1).multipliedReportingOverflow(by: length)
    return overflow ? .max : end
  }
}
