import Glibc

extension DescriptorWalk {
  /// From this many processes on two threads share the work.
  private static let sharedFrom = 32
  /// Processes that a thread takes at a time.
  private static let together = 8

  /// Walks every process of the host. With `looksAtThreads` every thread's own table too.
  static func host(
    _ inodes: InodeSet, in proc: borrowing Descriptor, looksAtThreads: Bool = false
  ) -> DescriptorWalk {
    guard !inodes.isEmpty, let pids = try? proc.numericNames() else {
      return DescriptorWalk(inodes: inodes)
    }
    let number = proc.number
    let turns = Turns(pids.count, length: together)
    let share: @Sendable () -> DescriptorWalk = {
      var walk = DescriptorWalk(inodes: inodes)
      while let piece = turns.take() { walk.visit(pids[piece], in: number, looksAtThreads) }
      return walk
    }
    let helpers = WorkerGroup(pids.count < sharedFrom ? 0 : 1, share)
    var walk = share()
    for other in helpers.join() { walk.add(other) }
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
