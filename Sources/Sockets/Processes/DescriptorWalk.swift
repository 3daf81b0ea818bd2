import Glibc

/// Walks /proc/PID/fd for descriptors of wanted sockets.
struct DescriptorWalk {
  /// A descriptor of a wanted socket.
  struct Hit: Hashable, Sendable {
    var inode: UInt32
    var pid: Int32
    var descriptor: Int32
    /// The thread in whose own table it is; nil for the process's.
    var thread: Int32?
  }

  /// Hits kept; a bound against exhaustion.
  private static let hitLimit = 1 << 20

  /// Processes that could not be read and are kept by number.
  private static let namedLimit = 8

  /// The wanted inodes.
  let inodes: InodeSet
  /// What was found.
  private(set) var hits: [Hit] = []
  /// Instances of io_uring in the tables of processes, which may hold sockets without a descriptor.
  private(set) var rings: [RingSearch.Place] = []
  /// Processes whose descriptors could not be read for lack of rights; kernel threads have none and don't count.
  private(set) var unreadable = 0
  /// The first of them.
  private(set) var unreadableProcesses: [Int32] = []

  init(inodes: InodeSet) {
    self.inodes = inodes
  }

  /// Takes over what another walk for the same inodes found.
  mutating func add(_ other: DescriptorWalk) {
    hits += other.hits.prefix(Self.hitLimit - min(hits.count, Self.hitLimit))
    rings += other.rings.prefix(Self.hitLimit - min(rings.count, Self.hitLimit))
    unreadable += other.unreadable
    unreadableProcesses = (unreadableProcesses + other.unreadableProcesses).sorted()
  }

  /// Takes over the hits of a second look, and the instances of io_uring that are there now; who could not be read has
  /// been counted by the first.
  mutating func addHits(of other: DescriptorWalk) {
    hits += other.hits.prefix(Self.hitLimit - min(hits.count, Self.hitLimit))
    rings = other.rings
  }

  /// Looks at every descriptor of a process.
  mutating func visit(_ pid: Int32, in proc: Int32) {
    visit(pid, path: "\(pid)/fd", in: proc)
  }

  /// Looks at the threads of a process too: one may have a table of its own (unshare(2), CLONE_FILES), and the
  /// table of a main thread that has ended is empty.
  mutating func visitThreads(_ pid: Int32, in proc: Int32) {
    visit(pid, path: "\(pid)/fd", in: proc)
    guard let tasks = try? Descriptor("\(pid)/task", in: proc, flags: O_RDONLY | O_DIRECTORY),
      let threads = try? tasks.numericNames()
    else { return }
    let before = unreadable
    let named = unreadableProcesses
    for thread in threads where thread != pid {
      visit(pid, thread, path: "\(pid)/task/\(thread)/fd", in: proc)
    }
    unreadable = min(unreadable, before + 1)
    if unreadable > before { unreadableProcesses = Array((named + [pid]).prefix(Self.namedLimit)) }
  }

  private mutating func visit(
    _ pid: Int32, _ thread: Int32? = nil, path: String, in proc: Int32
  ) {
    do throws(SystemError) {
      let directory = try Descriptor(path, in: proc, flags: O_RDONLY | O_DIRECTORY)
      try scan(directory, pid, thread)
    } catch {
      if error.number == EACCES || error.number == EPERM { noteUnreadable(pid, in: proc) }
    }
  }

  /// Kernel threads and processes that have ended have no descriptors to hide.
  private mutating func noteUnreadable(_ pid: Int32, in proc: Int32) {
    if let directory = try? Descriptor("\(pid)", in: proc, flags: O_RDONLY | O_DIRECTORY),
      let text = try? directory.contents(of: "stat", limit: 4_096), let stat = ProcessStat(text),
      stat.isKernelThread || stat.isZombie
    {
      return
    }
    unreadable += 1
    if unreadableProcesses.count < Self.namedLimit { unreadableProcesses.append(pid) }
  }

  private mutating func scan(
    _ directory: borrowing Descriptor, _ pid: Int32, _ thread: Int32?
  ) throws(SystemError) {
    let inodes = inodes
    var found: [Hit] = []
    var instances: [RingSearch.Place] = []
    var refusal: Int32?
    let number = directory.number
    // One byte more than the longest link, so that a cut target is not mistaken for a whole one.
    let room = SocketLink.longest + 1
    var buffer = [UInt8](repeating: 0, count: room)
    try unsafe directory.forEachName(isFilled: true) { name in
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return -1 }
        return unsafe readlinkat(number, name, base.assumingMemoryBound(to: CChar.self), room)
      }
      if count < 0 {
        let failure = errno
        if failure == EACCES || failure == EPERM {
          refusal = failure
          return false
        }
        return true
      }
      if thread == nil, RingSearch.mayBeRing(buffer.span.extracting(first: count)),
        let number = unsafe Descriptor.number(name)
      {
        instances.append(RingSearch.Place(pid: pid, descriptor: number))
      }
      guard let inode = SocketLink.inode(buffer.span.extracting(first: count)),
        inodes.contains(inode), let descriptor = unsafe Descriptor.number(name)
      else { return true }
      found.append(Hit(inode: inode, pid: pid, descriptor: descriptor, thread: thread))
      return true
    }
    if hits.count < Self.hitLimit { hits += found }
    if rings.count < Self.hitLimit { rings += instances }
    if let refusal { throw SystemError(number: refusal) }
  }
}
