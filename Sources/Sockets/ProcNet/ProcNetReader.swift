import Glibc

/// Reads the socket tables of /proc/net, for kernels without sock_diag.
enum ProcNetReader {
  /// What the tables hold.
  struct Result: Hashable {
    var entries: [SocketEntry] = []
    var isComplete = true
  }

  /// The sockets on `port`. A missing table (no IPv6, no UDP-Lite) is passed over; the error of the first is thrown when none
  /// could be read.
  static func read(port: UInt16, in proc: ProcRoot) throws(SystemError) -> Result {
    var result = Result()
    var failure: SystemError?
    var tablesRead = 0
    for transport in SocketEntry.Transport.allCases {
      for isIPv6 in [false, true] {
        do throws(SystemError) {
          let table = try read(transport, isIPv6, port, in: proc)
          result.entries += table.entries
          if !table.isComplete { result.isComplete = false }
          tablesRead += 1
        } catch {
          failure = failure ?? error
        }
      }
    }
    if tablesRead == 0 { throw failure ?? SystemError(number: ENOENT) }
    return result
  }

  private static func read(
    _ transport: SocketEntry.Transport, _ isIPv6: Bool, _ port: UInt16, in proc: ProcRoot
  ) throws(SystemError) -> ProcNetTable {
    let file = try Descriptor("\(proc.path)/net/\(transport.rawValue)\(isIPv6 ? "6" : "")")
    var table = ProcNetTable(transport: transport, isIPv6: isIPv6, port: port)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = try file.read(into: &buffer), count > 0 {
      table.feed(buffer[..<count])
    }
    return table
  }
}
