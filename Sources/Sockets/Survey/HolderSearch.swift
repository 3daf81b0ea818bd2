import Glibc

/// Finds holders of one socket after another, with a memory of where it found them.
struct HolderSearch {
  /// Sockets remembered; when there are more, all are forgotten.
  private static let memoryLimit = 4_096
  /// How long an answer "nobody" stands, so that a flood of flows to a socket that can't be attributed does not
  /// make a walk each.
  private static let patienceNanoseconds: UInt64 = 1_000_000_000
  /// How long the holders of a socket that takes from anybody stand at least: more processes may come to hold it.
  private static let memoryNanoseconds: UInt64 = 500_000_000
  /// So many times as long as it took to find them they stand, too, so that a host of many processes is not walked
  /// without end.
  private static let memoryFactor: UInt64 = 8
  /// A look that took longer was interrupted.
  private static let longestWalk: UInt64 = 1_000_000_000

  private struct Place: Hashable {
    var hit: DescriptorWalk.Hit
    var startTicks: UInt64
  }

  /// A socket, and whether all of its holders were looked for or the first of them.
  private struct Key: Hashable {
    var inode: UInt32
    var isWhole: Bool
  }

  private struct Failure: Hashable {
    var cookie: UInt64
    var missing: MissingOwner
    var time: UInt64
  }

  private let proc: ProcRoot
  /// Where the holders of a socket were, and until when that stands where more may come.
  private var places: [Key: (known: [Place], end: UInt64)] = [:]
  private var failures: [UInt32: Failure] = [:]

  init(proc: ProcRoot) {
    self.proc = proc
  }

  /// The holders of `socket`: all of a listener's; of a connection, and of a datagram socket that opened the flow, the
  /// first found and its ancestors that hold it too.
  /// `isPresent` tells whether the socket still exists, and is asked only when nobody was found; `likely` is a process
  /// to look at first.
  mutating func ownership(
    of socket: SocketEntry, method: Ownership.Method, isOpener: Bool = false, likely: Int32? = nil,
    isPresent: (SocketEntry) -> Bool
  ) -> Ownership {
    var answer = Ownership(socket: socket, method: method)
    guard let directory = try? proc.open() else {
      answer.missing = .notLookedFor
      return answer
    }
    let now = Self.now()
    let looksForAll = socket.isListener && likely == nil && !isOpener
    let key = Key(inode: socket.inode, isWhole: looksForAll)
    if let holders = remembered(key, stays: !socket.isListener, now, in: directory) {
      answer.holders = holders
      answer.isCached = true
      return answer
    }
    if let failure = failures[socket.inode], failure.cookie == socket.cookie,
      now &- failure.time < Self.patienceNanoseconds
    {
      answer.missing = failure.missing
      return answer
    }
    var walk =
      looksForAll
      ? DescriptorWalk.host([socket.inode], in: directory)
      : DescriptorWalk.first(socket.inode, user: socket.user, likely: likely, in: directory)
    if walk.hits.isEmpty {
      let visibility = Visibility(in: proc)
      let obstacle = visibility.obstacle(unreadable: walk.unreadable)
      answer.missing = isPresent(socket) ? obstacle ?? visibility.unseen : .vanished
      if obstacle == nil, answer.missing != .vanished {
        walk = DescriptorWalk.host([socket.inode], in: directory, looksAtThreads: true)
      }
    }
    var names = HolderNames(walk.hits, in: directory)
    answer.holders = names.holders(of: socket.inode, in: directory)
    if !answer.holders.isEmpty {
      answer.missing = nil
      remember(walk.hits, answer.holders, of: key, since: now)
    } else {
      let missing = walk.hits.isEmpty ? answer.missing ?? .vanished : .vanished
      answer.missing = missing
      if failures.count >= Self.memoryLimit { failures.removeAll() }
      failures[socket.inode] = Failure(cookie: socket.cookie, missing: missing, time: Self.now())
    }
    return answer
  }

  private mutating func remember(
    _ hits: [DescriptorWalk.Hit], _ holders: [Holder], of key: Key, since begin: UInt64
  ) {
    var starts: [Int32: UInt64] = [:]
    for holder in holders { starts[holder.process.pid] = holder.process.startTicks }
    if places.count >= Self.memoryLimit { places.removeAll() }
    let known = hits.compactMap { hit in
      starts[hit.pid].map { Place(hit: hit, startTicks: $0) }
    }
    let end = Self.now()
    let took = min(end &- begin, Self.longestWalk)
    let memory = max(Self.memoryNanoseconds, Self.memoryFactor &* took)
    places[key] = (known, end &+ memory)
  }

  /// The remembered holders, when every one of them still has the descriptor and is the same process. Their names
  /// are read again: a process may have started another program since. `stays` tells whether no other process matters.
  private mutating func remembered(
    _ key: Key, stays: Bool, _ now: UInt64, in proc: borrowing Descriptor
  ) -> [Holder]? {
    guard let (known, end) = places[key], !known.isEmpty, stays || now < end else { return nil }
    var names = HolderNames(known.map(\.hit), in: proc)
    let holders = names.holders(of: key.inode, in: proc)
    let areThere = known.allSatisfy { place in
      holders.contains {
        $0.process.pid == place.hit.pid && $0.process.startTicks == place.startTicks
          && $0.descriptors.contains(place.hit.descriptor)
      }
    }
    if areThere { return holders }
    places[key] = nil
    return nil
  }

  /// Nanoseconds of a clock that is never set.
  static func now() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(max(0, time.tv_sec)) &* 1_000_000_000 &+ UInt64(max(0, time.tv_nsec))
  }
}
