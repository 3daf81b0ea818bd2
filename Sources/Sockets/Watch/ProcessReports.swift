import CLinux
import Glibc

/// Hears of processes that fork, execute, change their name and end, where the kernel tells this process.
final class ProcessReports {
  /// Reports taken at once; what is left comes the next time.
  private static let batch = 16_384
  /// How long the kernel's word that it will tell is waited for, in milliseconds; it comes within one.
  private static let patience: Int32 = 200

  private var socket: NetlinkSocket

  /// For `poll`.
  var number: Int32 { socket.number }

  private init(_ socket: consuming NetlinkSocket) {
    self.socket = socket
  }

  /// Begins to hear; nil where that is not permitted, or where the process numbers told would not be those of `proc`:
  /// the kernel tells those of the first PID namespace.
  static func begin(in proc: ProcRoot) -> ProcessReports? {
    guard Visibility(in: proc).seesEveryNamespace, let directory = try? proc.open(),
      let socket = socket(in: directory)
    else { return nil }
    let reports = ProcessReports(socket)
    return reports.isAcknowledged() ? reports : nil
  }

  /// The number that tells this process's request from others'.
  private static var request: UInt32 { UInt32(bitPattern: getpid()) }

  /// The connector is only in the first network namespace. The kernel's own threads are in it, of which process 2 makes
  /// all others.
  private static func socket(in proc: borrowing Descriptor) -> NetlinkSocket? {
    let request = request
    if let socket = try? NetlinkSocket.hearingProcesses(number: request) { return socket }
    guard let inode = NamespaceSearch.inode(try? proc.link("2/ns/net")) else { return nil }
    let first = NamespaceSearch.Place(
      namespace: NetworkNamespace(inode: inode), path: "2/ns/net")
    return first.socket(in: proc) { () throws(NetlinkError) in
      try NetlinkSocket.hearingProcesses(number: request)
    }
  }

  private func isAcknowledged() -> Bool {
    for _ in 0..<Self.batch {
      do {
        let report = ProcessReport(try socket.receive())
        if case .acknowledged(Self.request, let failure) = report { return failure == 0 }
      } catch .silent {
        var request = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        if unsafe poll(&request, 1, Self.patience) <= 0 { return false }
      } catch .overrun {
        continue
      } catch {
        return false
      }
    }
    return false
  }

  /// Hands each waiting report to `body`; false when some were lost.
  func take(_ body: (ProcessReport) -> Void) -> Bool {
    socket.drain(Self.batch) { if let report = ProcessReport($0) { body(report) } }
  }
}
