/// Turns descriptors into holders: reads each process once, tells who inherited.
///
/// Between the walk that found a descriptor and now its process may have ended, and another may have been given its
/// number. So who it is and whether it holds the socket are read through one open directory, which stays one process's:
/// whoever holds the socket now is named, or nobody.
///
/// Lists that are sorted and not hashed: this is done at each start, where the first use of a kind of table costs more
/// than all there is to do.
struct HolderNames {
  /// Descriptors of one process that are looked at again. One that has more is no short-lived process.
  private static let confirmationLimit = 256

  /// A descriptor through which a process holds a socket.
  private struct Hold {
    var inode: UInt32
    var pid: Int32
    var isRing: Bool
    var descriptor: Int32

    static func comesBefore(_ one: Hold, _ other: Hold) -> Bool {
      if one.inode != other.inode { return one.inode < other.inode }
      if one.pid != other.pid { return one.pid < other.pid }
      if one.isRing != other.isRing { return !one.isRing }
      return one.descriptor < other.descriptor
    }
  }

  /// By their numbers.
  private var identities: [ProcessIdentity] = []
  private var holds: [Hold] = []
  private var ancestors = SortedTable<Int32, [Int32]>()

  init(
    _ hits: [DescriptorWalk.Hit], rings: [RingSearch.Hit] = [], in proc: borrowing Descriptor,
    clock: BootClock? = nil, users: UserNames = .host
  ) {
    if hits.isEmpty, rings.isEmpty { return }
    let clock = clock ?? BootClock(in: proc)
    let hits = hits.sorted { $0.pid < $1.pid }
    let rings = rings.sorted { $0.pid < $1.pid }
    var hit = 0
    var ring = 0
    while hit < hits.count || ring < rings.count {
      let pid = min(
        hit < hits.count ? hits[hit].pid : .max, ring < rings.count ? rings[ring].pid : .max)
      let found = hits[hit...].prefix { $0.pid == pid }
      let held = rings[ring...].prefix { $0.pid == pid }
      hit = found.endIndex
      ring = held.endIndex
      guard let files = ProcessFiles(pid: pid, in: proc),
        let identity = ProcessIdentity.read(files, clock: clock, users: users)
      else { continue }
      identities.append(identity)
      let confirmed = found.prefix(Self.confirmationLimit).filter { files.holds($0) }
      let rest = confirmed.isEmpty ? [] : found.dropFirst(Self.confirmationLimit)
      for hit in confirmed + rest {
        holds.append(
          Hold(inode: hit.inode, pid: pid, isRing: false, descriptor: hit.descriptor))
      }
      for ring in held where files.hasRing(ring.descriptor) {
        holds.append(
          Hold(inode: ring.inode, pid: pid, isRing: true, descriptor: ring.descriptor))
      }
    }
    holds.sort(by: Hold.comesBefore)
  }

  /// The holders of one inode by process number. A process that went away, or no longer has the descriptor, is left
  /// out.
  mutating func holders(of inode: UInt32, in proc: borrowing Descriptor) -> [Holder] {
    let found = holds[holds.firstIndex(notBefore: { $0.inode < inode })...].prefix {
      $0.inode == inode
    }
    var holders: [Holder] = []
    var rest = found
    while let pid = rest.first?.pid {
      let own = rest.prefix { $0.pid == pid }
      rest = rest[own.endIndex...]
      let place = identities.firstIndex(notBefore: { $0.pid < pid })
      var holder = Holder(
        process: identities[place], descriptors: [],
        isInherited: own.count < found.count && inherits(pid, from: found, in: proc))
      for hold in own {
        // A second look at the same descriptors may have found one again.
        if hold.isRing {
          if holder.rings.last != hold.descriptor { holder.rings.append(hold.descriptor) }
        } else if holder.descriptors.last != hold.descriptor {
          holder.descriptors.append(hold.descriptor)
        }
      }
      holders.append(holder)
    }
    return holders
  }

  /// Whether one of the process's ancestors holds the same socket.
  private mutating func inherits(
    _ pid: Int32, from found: ArraySlice<Hold>, in proc: borrowing Descriptor
  ) -> Bool {
    ancestorNumbers(pid, in: proc).contains { ancestor in
      let place = found.firstIndex(notBefore: { $0.pid < ancestor })
      return place < found.endIndex && found[place].pid == ancestor
    }
  }

  private mutating func ancestorNumbers(_ pid: Int32, in proc: borrowing Descriptor) -> [Int32] {
    if let known = ancestors[pid] { return known }
    let numbers = ProcessIdentity.ancestorNumbers(of: pid, in: proc)
    ancestors.note(numbers, of: pid)
    return numbers
  }
}

extension ProcessFiles {
  /// Whether the process still has a descriptor of this socket.
  func holds(_ hit: DescriptorWalk.Hit) -> Bool {
    let table = hit.thread.map { "task/\($0)/fd" } ?? "fd"
    guard let link = try? directory.link("\(table)/\(hit.descriptor)") else { return false }
    return SocketLink.inode(link.span) == hit.inode
  }

  /// Whether a descriptor is still that of an io_uring instance.
  func hasRing(_ descriptor: Int32) -> Bool {
    (try? directory.link("fd/\(descriptor)")) == RingSearch.link
  }
}
