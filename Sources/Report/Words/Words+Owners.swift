public import Sockets

extension Words {
  /// Why the kernel does not tell who opens sockets.
  public static func of(_ obstacle: TraceObstacle) -> String {
    switch obstacle {
    case .notInKernel: "the kernel has no tracefs, or not the events for sockets"
    case .notPermitted: "not permitted"
    case .otherPIDNamespace:
      "the kernel tells process numbers of the host, and this is another PID namespace"
    case .system(let number): "system error \(number)"
    }
  }

  /// Why a socket has no process.
  static func of(_ missing: MissingOwner) -> String {
    switch missing {
    case .permissionDenied: "the descriptors of other processes could not be read"
    case .timeWait:
      "the connection is over; the kernel keeps it for late packets, no process holds it"
    case .orphaned: "no process holds it any more; the kernel finishes the connection"
    case .kernelSocket: "held by the kernel: a kernel service, a descriptor in flight, or io_uring"
    case .otherPIDNamespace: "held by a process in a PID namespace that is not visible from here"
    case .vanished: "the socket or its process was gone before it could be named"
    case .severalHolders: "several processes hold its port, and nothing tells which of them took it"
    case .sentOn: "a firewall rule may have sent it on; who listens here need not have taken it"
    case .hidepid: "/proc is mounted with hidepid and hides other users' processes"
    case .notLookedFor: "nobody looked for its process, or the search was cut short"
    }
  }

  /// Why an end of a flow has no process: what holds of sockets there has to be said of the flow's.
  static func ofFlow(_ missing: MissingOwner) -> String {
    switch missing {
    case .timeWait: "its connection was over before anybody looked; no process holds it any more"
    case .orphaned: "no process holds its connection any more"
    case .vanished:
      "not found: its socket or process was gone before anybody could look, or the socket has other addresses (NAT)"
    default: of(missing)
    }
  }

  /// Why a socket has no process, within a sentence that may have to say so of several.
  static func brief(_ missing: MissingOwner, of socket: SocketEntry) -> String {
    missing == .permissionDenied ? "not permitted to look" : of(missing, of: socket)
  }

  /// Why this very socket has no process.
  static func of(_ missing: MissingOwner, of socket: SocketEntry) -> String {
    guard missing == .orphaned else { return of(missing) }
    if socket.state == .synReceived {
      return "half-open: the handshake is not complete, and no program has it yet"
    }
    if socket.isAwaitingAccept {
      return "not accepted yet: the connection waits in the listener's queue"
    }
    return of(missing)
  }

  /// The command that would read rules which could not be read; nil where nothing helps.
  static func remedy(
    _ state: FirewallReading.State, port: UInt16, gainsNothingFromSudo: Bool
  ) -> String? {
    switch state {
    case .notPermitted where gainsNothingFromSudo: outside(port)
    case .notPermitted: "sudo \(again(port))"
    case .changed: again(port)
    case .read, .absent, .tooMany, .failed: nil
    }
  }

  private static func again(_ port: UInt16) -> String {
    port == 3699 ? "icwscan owner" : "icwscan owner --port \(port)"
  }

  private static func outside(_ port: UInt16) -> String {
    "\(again(port)), outside this container or sandbox"
  }

  /// The command that would resolve a missing owner; nil where there is nothing to resolve. To a process that may look
  /// into all others already, no `sudo` is advised.
  static func remedy(
    _ missing: MissingOwner, port: UInt16, gainsNothingFromSudo: Bool = false
  ) -> String? {
    let again = again(port)
    if gainsNothingFromSudo {
      switch missing {
      case .permissionDenied, .hidepid, .otherPIDNamespace:
        return outside(port)
      default: break
      }
    }
    switch missing {
    case .permissionDenied, .hidepid, .otherPIDNamespace: return "sudo \(again)"
    case .vanished, .notLookedFor: return again
    case .kernelSocket:
      return
        "ip -d link, wg show, cat /proc/fs/nfsd/portlist, each piped to grep -w \(port) (vxlan, WireGuard, NFS); "
        + "grep -H 'scm_fds: *[1-9]' /proc/[0-9]*/fdinfo/* (descriptors in flight)"
    case .timeWait, .orphaned, .severalHolders, .sentOn: return nil
    }
  }
}
