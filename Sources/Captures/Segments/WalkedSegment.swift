/// What a segment of a capture file holds, walked apart from those before it: how many frames, and copies of those that a
/// sieve picked.
public struct WalkedSegment: Sendable {
  /// A kept frame; its number counts from the segment's first.
  private struct Kept {
    let start: Int
    let count: Int
    let length: Int
    let nanoseconds: Int64?
    let number: Int
    let linkType: Int32
    let interface: Int
    /// Where its options end, which stand behind its bytes.
    let end: Int
    /// The byte order of its options.
    let isBigEndian: Bool
  }

  /// Where its first record was taken to begin: it holds only if the segment before it ends there.
  let begin: UInt64
  /// Where the next segment's first record begins.
  var end: UInt64
  /// How many frames there are, kept or not.
  var frameCount = 0
  /// The first of them.
  var first = LastFrame.none
  /// The last of them.
  var last = LastFrame.none
  private var bytes: [UInt8] = []
  private var kept: [Kept] = []

  /// Nothing walked yet.
  init(begin: UInt64) {
    self.begin = begin
    end = begin
  }

  /// Keeps a frame that was picked.
  mutating func keep(_ frame: borrowing Frame) {
    let start = bytes.count
    unsafe frame.bytes.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    unsafe frame.options.bytes.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    kept.append(
      Kept(
        start: start, count: frame.bytes.count, length: frame.length,
        nanoseconds: frame.nanoseconds, number: frame.number, linkType: frame.linkType,
        interface: frame.interface, end: bytes.count, isBigEndian: frame.options.isBigEndian))
  }

  /// Lends the kept frames in their order, `before` frames being those of the segments before, and `register` what
  /// was described there; the one after which no more are wanted is returned by its number.
  func forEach(after before: Int, _ register: SectionRegister?, _ body: (borrowing Frame) -> Bool)
    -> (Int, LastFrame)?
  {
    for frame in kept {
      let options = OptionList(
        bytes.span.extracting(frame.start + frame.count..<frame.end),
        bigEndian: frame.isBigEndian)
      let goesOn = body(
        Frame(
          bytes: bytes.span.extracting(frame.start..<frame.start + frame.count),
          length: frame.length, nanoseconds: frame.nanoseconds, number: before + frame.number,
          linkType: frame.linkType, interface: frame.interface, options: options,
          register: register))
      if !goesOn {
        return (
          before + frame.number,
          LastFrame(nanoseconds: frame.nanoseconds, linkType: frame.linkType)
        )
      }
    }
    return nil
  }
}
