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

  /// Looks at every instance of every process. The kernel tells registered files since Linux 5.1, by
  /// /proc/PID/fdinfo.
  static func hits(of inodes: Set<UInt32>, in proc: borrowing Descriptor) -> [Hit] {
    var hits: [Hit] = []
    for pid in (try? proc.numericNames()) ?? [] {
      guard
        let directory = try? Descriptor(
          "\(pid)/fd", in: proc.number, flags: O_RDONLY | O_DIRECTORY),
        let numbers = try? directory.numericNames()
      else { continue }
      for number in numbers where (try? directory.link("\(number)")) == link {
        guard
          let text = try? proc.contents(of: "\(pid)/fdinfo/\(number)", limit: textLimit)
        else { continue }
        for inode in Set(files(in: text)).intersection(inodes) {
          hits.append(Hit(inode: inode, pid: pid, descriptor: number))
        }
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
