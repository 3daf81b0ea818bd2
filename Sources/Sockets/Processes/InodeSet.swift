/// Some inodes of sockets, sorted and not hashed: the first use of a kind of set costs more than to look for the few
/// sockets of a port.
struct InodeSet: Sendable, ExpressibleByArrayLiteral {
  private let sorted: [UInt32]

  /// Each inode once.
  init(_ inodes: [UInt32]) {
    var sorted: [UInt32] = []
    for inode in inodes.sorted() where inode != sorted.last { sorted.append(inode) }
    self.sorted = sorted
  }

  init(arrayLiteral inodes: UInt32...) { self.init(inodes) }

  var isEmpty: Bool { sorted.isEmpty }

  func contains(_ inode: UInt32) -> Bool {
    let place = sorted.firstIndex(notBefore: { $0 < inode })
    return place < sorted.endIndex && sorted[place] == inode
  }

  /// Those for which `isIncluded` holds.
  func filter(_ isIncluded: (UInt32) -> Bool) -> InodeSet { InodeSet(sorted.filter(isIncluded)) }
}

extension InodeSet: Sequence {
  func makeIterator() -> IndexingIterator<[UInt32]> { sorted.makeIterator() }
}
