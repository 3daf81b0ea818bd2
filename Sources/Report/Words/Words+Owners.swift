import Sockets

extension Words {
  /// Why a socket has no process.
  static func of(_ missing: MissingOwner) -> String {
    switch missing {
    case .permissionDenied: "the descriptors of other users' processes could not be read"
    case .timeWait:
      "the connection is over; the kernel keeps it for late packets, no process holds it"
    case .orphaned: "no process holds it any more; the kernel finishes the connection"
    case .kernelSocket: "held by the kernel: a kernel service, a descriptor in flight, or io_uring"
    case .otherPIDNamespace: "held by a process in a PID namespace that is not visible from here"
    case .vanished: "its process ended while it was looked for"
    case .hidepid: "/proc is mounted with hidepid and hides other users' processes"
    case .notLookedFor: "nobody looked for its process, or the search was cut short"
    }
  }

  /// The command that would resolve a missing owner; nil where there is nothing to resolve.
  static func remedy(_ missing: MissingOwner, port: UInt16) -> String? {
    let again = port == 3699 ? "icwscan owner" : "icwscan owner --port \(port)"
    switch missing {
    case .permissionDenied, .hidepid, .otherPIDNamespace: return "sudo \(again)"
    case .vanished, .notLookedFor: return again
    case .kernelSocket:
      return "cat /proc/net/rpc/nfsd /proc/fs/nfsd/portlist; ss -tunap 'sport = :\(port)'"
    case .timeWait, .orphaned: return nil
    }
  }
}
