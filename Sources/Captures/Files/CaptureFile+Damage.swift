/// Reading on behind damage.
///
/// Where a disk or a copy lost or changed some bytes, nothing tells where the next sound record begins. It is taken to
/// begin where more records follow one another than a frame of an Ethernet can hold, as it may hold a capture itself, or
/// where records follow one another up to the end of the file.
extension CaptureFile {
  /// So many records have to follow one another for the first to be taken for one.
  private static let manyRecords = 32
  /// So many are enough where the file ends inside of the next one, unless the damage may be that end itself: a frame that
  /// is cut may hold some records of a capture.
  private static let fewRecords = 4
  /// Bytes that are looked at to tell whether a record begins.
  private static let farthest = 1024 * 1024
  /// A longer record is not looked for.
  private static let longestSought = PcapLayout.longestRecord + 4096
  /// Ten years: a capture of one port may have seen nothing for long.
  private static let mostSecondsApart: UInt32 = 10 * 365 * 86_400

  /// The first damage that reading went past; nil while the capture is sound.
  public var passedDamage: CaptureError? { damage.error.map { placed($0) } }

  /// Notes what was met at the input's offset; false when it is nothing that can be gone past.
  mutating func note(damage error: CaptureError) -> Bool {
    // A file that grows may be damaged by half a write, which is no reason to wait for much more.
    guard damage.isPassed, !input.isFollowed else { return false }
    let begin = error.offset ?? input.offset
    let isCut = error.failure == .truncated
    if !isCut {
      guard case .damaged = error.failure else { return false }
    } else if begin != input.offset || input.hasShrunk {
      // What the record claims to hold was passed, or has been taken away.
      return false
    }
    damage.add(error, at: begin, mayBeEnd: isCut)
    return true
  }

  /// The error of a file that ends inside of a record: where there was damage before, that, with what is cut left out, too.
  mutating func joined(cut error: CaptureError) -> CaptureError {
    guard let first = damage.error, first != error else { return error }
    damage.add(error, at: error.offset ?? input.offset, mayBeEnd: true)
    input.skip(input.available)
    damage.end(at: input.offset)
    return damage.error ?? error
  }

  /// Goes to where a record begins behind the damage that was met, if there is some; false when none was found before
  /// `end`, where the next call goes on.
  ///
  /// - Throws: The first damage when no record is found up to the end of the file.
  mutating func searchBehindDamage(before end: UInt64) throws(CaptureError) -> Bool {
    guard let begin = damage.begin else { return true }
    if input.offset == begin { input.skip(1) }
    while try input.require(pcap?.headerLength ?? PcapngBlock.other.shortest) {
      if input.offset >= end { return false }
      if try beginsRecords() {
        damage.end(at: input.offset)
        return true
      }
      input.skip(1)
    }
    input.skip(input.available)
    // Behind the first damage there is nothing: it stands by itself.
    if damage.error?.leftOut != nil { damage.end(at: input.offset) }
    throw damage.error ?? error(.truncated)
  }

  /// Whether records follow one another from the input's offset on, long enough.
  private mutating func beginsRecords() throws(CaptureError) -> Bool {
    let header = pcap?.headerLength ?? PcapngBlock.other.shortest
    var place = 0
    var seconds: UInt32?
    for count in 0..<Self.manyRecords {
      guard try input.require(place + header) else {
        // The file ends with the last record, or inside of the next one.
        return place == input.available && count > 0
          || !damage.mayBeEnd && count >= Self.fewRecords
      }
      guard let next = try endOfSought(place, &seconds) else { return false }
      place = next
      if place >= Self.farthest, count >= Self.fewRecords { return true }
    }
    return true
  }

  /// Where the record at `place` ends, if it can be one.
  private mutating func endOfSought(
    _ place: Int, _ seconds: inout UInt32?
  ) throws(CaptureError) -> Int? {
    if let layout = pcap {
      guard let next = endOfRecord(place, layout, &seconds, most: Self.mostSecondsApart),
        next - place <= Self.longestSought
      else { return nil }
      return next
    }
    guard let next = endOfBlock(place), next - place <= Self.longestSought else { return nil }
    // The length at its end tells only where it lies ready.
    _ = try input.require(next)
    return endOfBlock(place)
  }
}
