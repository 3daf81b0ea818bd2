/// Fragmented datagrams that wait for the rest, and those that were given up; bounded in every direction.
struct FragmentStore: Sendable {
  /// An IP datagram's fragmentable part can't be longer (RFC 791 section 3.1, RFC 8200 section 4.5). With offsets in
  /// units of eight bytes this also bounds the fragments of a datagram: at most 8,192 new ones.
  static let largestDatagram = 65_535
  /// Datagrams that wait at a time; the oldest has to go first.
  static let maximumDatagrams = 1_024
  /// Bytes of all waiting datagrams; again the oldest goes first.
  static let maximumBytes = 8 << 20
  /// A datagram is given up so long after its first captured fragment (RFC 8200 section 4.5: 60 seconds).
  static let maximumAge: Int64 = 60_000_000_000

  /// Frames of a datagram that are remembered: as many as it can have fragments.
  static let maximumFrames = 8_192

  /// What became of a fragment.
  enum Outcome {
    case held
    case complete(FragmentedDatagram)
    /// It overlaps others in a way that no honest sender makes.
    case conflict
  }

  /// Datagrams given up for lack of room that nobody will hear of.
  private(set) var lost = 0
  private var waiting: [FragmentKey: FragmentedDatagram] = [:]
  /// Keys in the order of their coming, with the serial number that tells a key's lives apart.
  private var order: [(key: FragmentKey, time: Timestamp)] = []
  private var oldest = 0
  private var bytes = 0
  private var givenUp: [FragmentedDatagram] = []
  private var givenUpBytes = 0

  /// Whether nothing waits.
  var isEmpty: Bool { waiting.isEmpty }

  /// Adds a fragment of `length` bytes on the wire.
  mutating func add(
    _ extent: Extent, length: Int, _ place: FragmentPlace, of key: FragmentKey,
    first: FirstFragment?, at time: Timestamp, frame: Int
  ) -> Outcome {
    let range = place.offset..<place.offset + length
    let isLast = !place.moreFollow
    let isNew = waiting[key] == nil
    // Taken out while it changes, so that its buffer is not copied.
    var datagram = waiting.removeValue(forKey: key) ?? FragmentedDatagram(time: time)
    datagram.note(frame: frame)
    let before = datagram.size
    var outcome = Outcome.held
    if datagram.isSpoilt {
      outcome = .conflict
    } else {
      let fit = datagram.fit(extent, range, isLast: isLast)
      switch fit {
      case .duplicate: break
      case .contradiction: outcome = .conflict
      case .overlap where key.source.family == .ipv6:
        datagram.spoil()
        outcome = .conflict
      case .overlap(let differs):
        datagram.insert(extent, range, isLast: isLast)
        if differs { outcome = .conflict }
      case .new: datagram.insert(extent, range, isLast: isLast)
      }
      if case .contradiction = fit {
      } else if datagram.first == nil, !datagram.isSpoilt {
        datagram.first = first
      }
    }
    bytes += datagram.size - before
    if datagram.isComplete {
      bytes -= datagram.size
      if !isNew { forget(key, datagram.time) }
      return .complete(datagram)
    }
    if isNew { order.append((key, time)) }
    waiting[key] = datagram
    while waiting.count > Self.maximumDatagrams || bytes > Self.maximumBytes { giveUpOldest() }
    return outcome
  }

  /// Gives up what is older than the longest age at `time`.
  mutating func expire(at time: Timestamp) {
    while oldest < order.count, time.nanoseconds(since: order[oldest].time) > Self.maximumAge {
      giveUpOldest()
    }
  }

  /// Gives up everything that waits.
  mutating func giveUpAll() {
    while oldest < order.count { giveUpOldest() }
  }

  /// Whether datagrams were given up that nobody has taken.
  var hasGivenUp: Bool { !givenUp.isEmpty }

  /// The datagrams given up since the last call.
  mutating func takeGivenUp() -> [FragmentedDatagram] {
    defer {
      givenUp = []
      givenUpBytes = 0
    }
    return givenUp
  }

  private mutating func giveUpOldest() {
    guard oldest < order.count else { return }
    let key = order[oldest].key
    oldest += 1
    compact()
    guard let datagram = waiting.removeValue(forKey: key) else { return }
    bytes -= datagram.size
    guard datagram.first != nil else { return }
    guard givenUp.count < Self.maximumDatagrams,
      givenUpBytes + datagram.size <= Self.maximumBytes
    else {
      lost += 1
      return
    }
    givenUp.append(datagram)
    givenUpBytes += datagram.size
  }

  /// Takes a finished datagram out of the order; it is nearly always among the youngest.
  private mutating func forget(_ key: FragmentKey, _ time: Timestamp) {
    var index = order.count - 1
    while index >= oldest {
      if order[index].time == time, order[index].key == key {
        order.remove(at: index)
        break
      }
      index -= 1
    }
    compact()
  }

  /// Drops the part of the order that is behind us, now and then, or at once when nothing waits.
  private mutating func compact() {
    if oldest >= order.count {
      order.removeAll(keepingCapacity: true)
      oldest = 0
    } else if oldest > Self.maximumDatagrams {
      order.removeFirst(oldest)
      oldest = 0
    }
  }
}
