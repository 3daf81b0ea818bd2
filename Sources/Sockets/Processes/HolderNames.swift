/// Turns descriptors into holders: reads each process once, tells who inherited.
///
/// Between the walk that found a descriptor and now its process may have ended, and another may have been given its
/// number. So who it is and whether it holds the socket are read through one open directory, which stays one process's:
/// whoever holds the socket now is named, or nobody.
struct HolderNames {
  /// Descriptors of one process that are looked at again. One that has more is no short-lived process.
  private static let confirmationLimit = 256

  private struct Place {
    var descriptors: Set<Int32> = []
    var rings: Set<Int32> = []
  }

  private var identities: [Int32: ProcessIdentity] = [:]
  /// For each inode the processes and how they hold it.
  private var places: [UInt32: [Int32: Place]] = [:]
  private var ancestors: [Int32: [Int32]] = [:]

  init(
    _ hits: [DescriptorWalk.Hit], rings: [RingSearch.Hit] = [], in proc: borrowing Descriptor,
    clock: BootClock? = nil, users: UserNames = .host
  ) {
    let clock = clock ?? (hits.isEmpty && rings.isEmpty ? nil : BootClock(in: proc))
    let rings = Dictionary(grouping: rings, by: \.pid)
    let hits = Dictionary(grouping: hits, by: \.pid)
    for pid in Set(hits.keys).union(rings.keys) {
      guard let files = ProcessFiles(pid: pid, in: proc),
        let identity = ProcessIdentity.read(files, clock: clock, users: users)
      else { continue }
      let found = hits[pid] ?? []
      let confirmed = found.prefix(Self.confirmationLimit).filter { files.holds($0) }
      identities[pid] = identity
      for hit in confirmed + (confirmed.isEmpty ? [] : found.dropFirst(Self.confirmationLimit)) {
        places[hit.inode, default: [:]][pid, default: Place()].descriptors.insert(hit.descriptor)
      }
      for ring in rings[pid] ?? [] where files.hasRing(ring.descriptor) {
        places[ring.inode, default: [:]][pid, default: Place()].rings.insert(ring.descriptor)
      }
    }
  }

  /// The holders of one inode by process number. A process that went away, or no longer has the descriptor, is left
  /// out.
  mutating func holders(of inode: UInt32, in proc: borrowing Descriptor) -> [Holder] {
    guard let found = places[inode] else { return [] }
    var holders: [Holder] = []
    for (pid, place) in found.sorted(by: { $0.key < $1.key }) {
      guard let identity = identities[pid] else { continue }
      let inherited = ancestorNumbers(pid, in: proc).contains { found[$0] != nil }
      var holder = Holder(
        process: identity, descriptors: place.descriptors.sorted(), isInherited: inherited)
      holder.rings = place.rings.sorted()
      holders.append(holder)
    }
    return holders
  }

  private mutating func ancestorNumbers(_ pid: Int32, in proc: borrowing Descriptor) -> [Int32] {
    if let known = ancestors[pid] { return known }
    let numbers = ProcessIdentity.ancestorNumbers(of: pid, in: proc)
    ancestors[pid] = numbers
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
