import Glibc

extension DescriptorWalk {
  /// From this many processes on the work is split over two threads.
  private static let splitFrom = 256

  /// Walks every process of the host. With `looksAtThreads` every thread's own table too.
  static func host(
    _ inodes: Set<UInt32>, in proc: borrowing Descriptor, looksAtThreads: Bool = false
  ) -> DescriptorWalk {
    var walk = DescriptorWalk(inodes: inodes)
    guard !inodes.isEmpty, let pids = try? proc.numericNames() else { return walk }
    guard pids.count >= splitFrom else {
      walk.visit(pids[...], in: proc.number, looksAtThreads)
      return walk
    }
    // Big processes are often neighbours in number: every second one balances better than halves.
    let even = stride(from: 0, to: pids.count, by: 2).map { pids[$0] }
    let odd = stride(from: 1, to: pids.count, by: 2).map { pids[$0] }
    let slot = Slot<DescriptorWalk>()
    let number = proc.number
    let worker = Worker {
      var half = DescriptorWalk(inodes: inodes)
      half.visit(odd[...], in: number, looksAtThreads)
      slot.value = half
    }
    walk.visit(even[...], in: number, looksAtThreads)
    if let worker {
      worker.join()
      if let half = slot.value { walk.add(half) }
    } else {
      walk.visit(odd[...], in: number, looksAtThreads)
    }
    return walk
  }

  /// Walks until a process holds the inode, then its ancestors: who made the socket before a fork holds it as well.
  /// Processes of the socket's user come first, the newest first: a short-lived client is among them. The user is
  /// only a hint, a service may have changed its own since. `likely` comes before all of them.
  static func first(
    _ inode: UInt32, user: UInt32, likely: Int32? = nil, in proc: borrowing Descriptor
  ) -> DescriptorWalk {
    var walk = DescriptorWalk(inodes: [inode])
    if let likely, walk.finds(likely, in: proc) { return walk }
    let pids = ((try? proc.numericNames()) ?? []).sorted(by: >)
    var others: [Int32] = []
    for pid in pids {
      guard let status = try? proc.status(of: "\(pid)") else { continue }
      if status.st_uid != user {
        others.append(pid)
      } else if walk.finds(pid, in: proc) {
        return walk
      }
    }
    for pid in others where walk.finds(pid, in: proc) { break }
    return walk
  }

  private mutating func finds(_ pid: Int32, in proc: borrowing Descriptor) -> Bool {
    visit(pid, in: proc.number)
    if hits.isEmpty { return false }
    for ancestor in ProcessIdentity.ancestorNumbers(of: pid, in: proc) {
      visit(ancestor, in: proc.number)
    }
    return true
  }

  private mutating func visit(_ pids: ArraySlice<Int32>, in proc: Int32, _ looksAtThreads: Bool) {
    for pid in pids {
      if looksAtThreads { visitThreads(pid, in: proc) } else { visit(pid, in: proc) }
    }
  }
}
