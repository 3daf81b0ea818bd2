/// Which datagram a fragment belongs to (RFC 791 section 3.2, RFC 8200 section 4.5). The same identification behind
/// another encapsulation is another datagram.
struct FragmentKey: Hashable, Sendable {
  let source: IPAddress
  let destination: IPAddress
  let number: UInt8
  let identification: UInt32
  let path: [Encapsulation]
}

/// What the fragment at offset zero says of the whole datagram.
struct FirstFragment: Sendable {
  let header: InternetHeader
  let headerLength: Int
  let context: Context
}

/// A datagram of which some fragments are there.
///
/// The bytes lie at their places in one buffer; `covered` says which stretches of it fragments have claimed. Stretches
/// that touch are one, so a datagram in order has a single one; offsets are multiples of eight, so there are never
/// more than 4,096.
struct FragmentedDatagram: Sendable {
  /// When the fragment that was captured first came.
  let time: Timestamp
  /// Numbers of the frames that held its fragments, in capture order.
  private(set) var frames: [Int] = []
  /// The header, once the first fragment has come.
  var first: FirstFragment?
  /// Bytes of the whole, once the last fragment has come.
  private(set) var total: Int?
  /// Whether overlapping IPv6 fragments spoilt it: it is only remembered to refuse the rest.
  private(set) var isSpoilt = false
  private var buffer: [UInt8] = []
  private var covered: [Range<Int>] = []
  /// Behind this place bytes are missing because the capture cut a fragment.
  private var cut = Int.max

  /// An empty datagram.
  init(time: Timestamp) {
    self.time = time
  }

  /// Bytes of memory for the fragments.
  var size: Int { buffer.count }

  /// The highest place that a fragment has claimed.
  var highest: Int { covered.last?.upperBound ?? 0 }

  /// Whether every byte up to the end has been claimed.
  var isComplete: Bool {
    guard first != nil, let total, let only = covered.first else { return false }
    return only.lowerBound == 0 && only.upperBound >= total
  }

  /// The captured bytes from the beginning to the first gap.
  var leadingBytes: [UInt8] {
    guard let begin = covered.first, begin.lowerBound == 0 else { return [] }
    let end = min(begin.upperBound, cut, total ?? .max, buffer.count)
    return end == buffer.count ? buffer : Array(buffer[..<end])
  }

  /// Notes a frame that held a fragment.
  mutating func note(frame: Int) {
    if frames.count < FragmentStore.maximumFrames { frames.append(frame) }
  }

  /// Forgets all bytes for good.
  mutating func spoil() {
    isSpoilt = true
    first = nil
    buffer = []
    covered = []
  }

  /// How a fragment lies to those before it.
  enum Fit {
    case new
    case duplicate
    /// It overlaps others, with the same bytes or with different ones.
    case overlap(differs: Bool)
    /// It contradicts the known length.
    case contradiction
  }

  /// Compares a fragment with what is there.
  func fit(_ extent: Extent, _ range: Range<Int>, isLast: Bool) -> Fit {
    if let total {
      guard range.upperBound <= total, !isLast || range.upperBound == total else {
        return .contradiction
      }
    } else if isLast, range.upperBound < highest {
      return .contradiction
    }
    guard covered.contains(where: { $0.overlaps(range) }) else { return .new }
    var differs = false
    for place in 0..<min(range.count, extent.captured) where !differs {
      let index = range.lowerBound + place
      guard index < cut, covered.contains(where: { $0.contains(index) }) else { continue }
      differs = index < buffer.count && buffer[index] != extent.uint8(place)
    }
    let isInside = covered.contains {
      $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound
    }
    return isInside && !differs ? .duplicate : .overlap(differs: differs)
  }

  /// Puts a fragment's bytes where no other has been.
  mutating func insert(_ extent: Extent, _ range: Range<Int>, isLast: Bool) {
    if isLast { total = range.upperBound }
    let captured = min(range.count, extent.captured)
    if captured < range.count { cut = min(cut, range.lowerBound + captured) }
    let end = range.lowerBound + captured
    if buffer.count < end {
      buffer.append(contentsOf: repeatElement(0, count: end - buffer.count))
    }
    var place = range.lowerBound
    for taken in covered where taken.upperBound > range.lowerBound {
      if taken.lowerBound >= range.upperBound { break }
      copy(extent, from: place, to: min(taken.lowerBound, end), start: range.lowerBound)
      place = max(place, taken.upperBound)
    }
    copy(extent, from: place, to: end, start: range.lowerBound)
    cover(range)
  }

  /// Copies the places from one to another, if there are any, out of a fragment that begins at `start`.
  private mutating func copy(_ extent: Extent, from first: Int, to end: Int, start: Int) {
    var index = first
    while index < end, index < buffer.count {
      buffer[index] = extent.uint8(index - start)
      index += 1
    }
  }

  /// Adds a stretch and joins it with those that it touches.
  private mutating func cover(_ range: Range<Int>) {
    var joined = range
    let low = covered.firstIndex { $0.upperBound >= range.lowerBound } ?? covered.count
    var high = low
    while high < covered.count, covered[high].lowerBound <= range.upperBound {
      joined =
        min(
          joined.lowerBound, covered[high].lowerBound)..<max(
          joined.upperBound, covered[high].upperBound)
      high += 1
    }
    covered.replaceSubrange(low..<high, with: CollectionOfOne(joined))
  }
}
