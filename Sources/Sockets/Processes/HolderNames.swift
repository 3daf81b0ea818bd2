/// Turns descriptors into holders: reads each process once, tells who inherited.
struct HolderNames {
  private let users: UserNames
  private var clock: BootClock?
  private var hasReadClock = false
  private var identities: [Int32: ProcessIdentity?] = [:]
  private var ancestors: [Int32: [Int32]] = [:]

  init(users: UserNames = .host) {
    self.users = users
  }

  /// The holders of one inode by process number. A process that went away, or no longer has the descriptor, is left
  /// out.
  mutating func holders(
    of inode: UInt32, hits: [DescriptorWalk.Hit], rings: [RingSearch.Hit] = [],
    in proc: borrowing Descriptor
  ) -> [Holder] {
    var descriptors: [Int32: Set<Int32>] = [:]
    for hit in hits where hit.inode == inode {
      descriptors[hit.pid, default: []].insert(hit.descriptor)
    }
    var registered: [Int32: Set<Int32>] = [:]
    for ring in rings where ring.inode == inode {
      registered[ring.pid, default: []].insert(ring.descriptor)
      descriptors[ring.pid, default: []].formUnion([])
    }
    var holders: [Holder] = []
    for (pid, numbers) in descriptors.sorted(by: { $0.key < $1.key }) {
      guard let identity = identity(pid, in: proc) else { continue }
      let inherited = ancestorNumbers(pid, in: proc).contains { descriptors[$0] != nil }
      var holder = Holder(
        process: identity, descriptors: numbers.sorted(), isInherited: inherited)
      holder.rings = registered[pid]?.sorted() ?? []
      holders.append(holder)
    }
    return holders
  }

  private mutating func identity(_ pid: Int32, in proc: borrowing Descriptor) -> ProcessIdentity? {
    if let known = identities[pid] { return known }
    if !hasReadClock {
      clock = BootClock(in: proc)
      hasReadClock = true
    }
    let identity = ProcessIdentity.read(pid: pid, in: proc, clock: clock, users: users)
    identities[pid] = .some(identity)
    return identity
  }

  private mutating func ancestorNumbers(_ pid: Int32, in proc: borrowing Descriptor) -> [Int32] {
    if let known = ancestors[pid] { return known }
    let numbers = ProcessIdentity.ancestorNumbers(of: pid, in: proc)
    ancestors[pid] = numbers
    return numbers
  }
}
