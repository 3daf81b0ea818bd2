import CLinux
import Glibc

/// Reads the older tables of iptables and ip6tables in the network namespace of the calling thread.
enum LegacyTables {
  /// Bytes of a table.
  private static let sizeLimit: UInt32 = 16 << 20

  /// A table as the kernel gives it, before it is parsed.
  struct Image: Hashable, Sendable {
    var name: String
    var isIPv6: Bool
    var hooks: [Int?]
    var bytes: [UInt8]
  }

  /// What was read.
  struct Result: Hashable, Sendable {
    var images: [Image] = []
    var state = FirewallReading.State.absent
  }

  /// Tables that may drop or send on: asked for only where they exist, because a question makes the kernel load and
  /// register a table that does not.
  private static let wanted: Set<String> = ["raw", "mangle", "nat", "filter"]

  /// Reads what the calling thread's namespace has; `folder` is its /proc/thread-self/net.
  static func read(in folder: borrowing Descriptor) -> Result {
    var result = Result()
    for isIPv6 in [false, true] {
      let list = isIPv6 ? "ip6_tables_names" : "ip_tables_names"
      do throws(SystemError) {
        let text = try folder.contents(of: list, limit: 4_096)
        for line in text.split(separator: 0x0A) {
          let name = String(decoding: line, as: UTF8.self)
          guard wanted.contains(name) else { continue }
          read(name, isIPv6: isIPv6, into: &result)
        }
      } catch {
        // Without the file there are no such tables.
        if error.number == ENOENT { continue }
        result.state = error.number == EACCES || error.number == EPERM ? .notPermitted : .failed
      }
    }
    return result
  }

  private static func read(_ name: String, isIPv6: Bool, into result: inout Result) {
    if result.state == .absent { result.state = .read }
    do throws(FirewallFailure) {
      // A table may be replaced between the two questions.
      let image: Image
      do throws(FirewallFailure) {
        image = try read(name, isIPv6: isIPv6)
      } catch .system(EAGAIN) {
        image = try read(name, isIPv6: isIPv6)
      }
      result.images.append(image)
    } catch {
      let state: FirewallReading.State = error == .system(EAGAIN) ? .changed : error.state
      result.state = state == .absent ? .failed : state
    }
  }

  private static func read(_ name: String, isIPv6: Bool) throws(FirewallFailure) -> Image {
    let number = socket(
      isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    if number < 0 { throw .system(errno) }
    let socket = Descriptor(owning: number)
    var info = linux_xtables_info()
    let version: Int32 = isIPv6 ? 1 : 0
    guard unsafe linux_xtables_info(socket.number, version, name, &info) == 0 else {
      throw .system(errno)
    }
    guard info.size <= sizeLimit else { throw .tooMany }
    var bytes = [UInt8](repeating: 0, count: Int(info.size))
    let result = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe linux_xtables_entries(
        socket.number, version, name, buffer.baseAddress, UInt32(buffer.count))
    }
    guard result == 0 else { throw .system(errno) }
    let offsets = [info.entry.0, info.entry.1, info.entry.2, info.entry.3, info.entry.4]
    return Image(
      name: name, isIPv6: isIPv6,
      hooks: offsets.enumerated().map { index, offset in
        info.valid_hooks >> UInt32(index) & 1 == 1 ? Int(offset) : nil
      }, bytes: bytes)
  }
}
