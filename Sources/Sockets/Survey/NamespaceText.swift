import Glibc

/// Reads the sockets of other network namespaces through /proc/PID/net of one member, where they can't be entered.
enum NamespaceText {
  /// Namespaces read; each takes some milliseconds.
  private static let placeLimit = 64

  /// The sockets of one namespace.
  struct Result {
    var namespace: NetworkNamespace
    var sockets: ProcNetReader.Result
  }

  /// The namespaces other than this process's own. Every namespace has files of its own below /proc/PID/net, which
  /// tell it even where the link /proc/PID/ns/net of another user's process can't be read.
  static func others(
    port: UInt16, in proc: borrowing Descriptor, path: String
  ) -> (results: [Result], leftOut: Int) {
    guard let own = try? proc.status(of: "self/net/tcp").st_ino else { return ([], 0) }
    var members: [UInt64: Int32] = [:]
    for pid in (try? proc.numericNames()) ?? [] {
      guard let inode = try? proc.status(of: "\(pid)/net/tcp").st_ino, inode != own,
        members[UInt64(inode)] == nil
      else { continue }
      members[UInt64(inode)] = pid
    }
    var results: [Result] = []
    var leftOut = max(0, members.count - placeLimit)
    for pid in members.values.sorted().prefix(placeLimit) {
      guard
        let read = try? ProcNetReader.read(port: port, in: ProcRoot("\(path)/\(pid)"))
      else {
        leftOut += 1
        continue
      }
      let link = try? proc.link("\(pid)/ns/net")
      let namespace = NetworkNamespace(
        inode: NamespaceSearch.inode(link) ?? 0, memberPID: pid)
      results.append(Result(namespace: namespace, sockets: read))
    }
    return (results, leftOut)
  }
}
