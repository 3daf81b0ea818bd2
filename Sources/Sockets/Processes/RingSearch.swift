import Glibc

/// Finds sockets that are registered with an io_uring instance: such a file needs no descriptor of its own.
struct RingSearch {
  /// A descriptor of an io_uring instance with a wanted socket in its table of files.
  struct Hit: Hashable {
    var inode: UInt32
    var pid: Int32
    var descriptor: Int32
  }

  static let link = Array("anon_inode:[io_uring]".utf8)
  /// A table has at most 2^15 files by default; the text has a line each.
  private static let textLimit = 4 << 20

  /// A descriptor that may be one of an io_uring instance.
  struct Place: Hashable, Sendable {
    var pid: Int32
    var descriptor: Int32
  }

  /// Whether a link, or its first bytes, is that of such an instance.
  static func mayBeRing(_ target: Span<UInt8>) -> Bool {
    guard target.count >= SocketLink.longest, target.count <= link.count else { return false }
    return target.indices.allSatisfy { target[$0] == link[$0] }
  }

  /// Looks at the instances that a walk met. The kernel tells registered files since Linux 5.1, by /proc/PID/fdinfo.
  static func hits(
    of inodes: InodeSet, at places: [Place], in proc: borrowing Descriptor
  ) -> [Hit] {
    var hits: [Hit] = []
    for place in places {
      guard (try? proc.link("\(place.pid)/fd/\(place.descriptor)")) == link,
        let text = try? proc.contents(
          of: "\(place.pid)/fdinfo/\(place.descriptor)", limit: textLimit)
      else { continue }
      for inode in InodeSet(files(in: text)).filter(inodes.contains) {
        hits.append(Hit(inode: inode, pid: place.pid, descriptor: place.descriptor))
      }
    }
    return hits
  }

  /// The sockets among the registered files: lines `    0: socket:[839726]` behind `UserFiles:`.
  static func files(in text: [UInt8]) -> [UInt32] {
    var isInside = false
    var inodes: [UInt32] = []
    for line in text.split(separator: 0x0A) {
      if line.starts(with: "UserFiles:".utf8) {
        isInside = true
      } else if isInside {
        guard line.first == 0x20 else { break }
        let fields = line.split(separator: 0x20)
        guard fields.count == 2, fields[0].last == 0x3A else { continue }
        let target = Array(fields[1])
        if let inode = SocketLink.inode(target.span) { inodes.append(inode) }
      }
    }
    return inodes
  }
}
