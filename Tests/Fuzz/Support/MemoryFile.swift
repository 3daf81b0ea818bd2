import CFuzzer
import Glibc

/// A file without a place on a disk that has a path all the same.
final class MemoryFile: Sendable {
  private let descriptor: Int32

  init(_ bytes: [UInt8] = []) {
    descriptor = memory_file()
    demand(descriptor >= 0, "a file can be made in memory")
    demand(unsafe write(descriptor, bytes, bytes.count) == bytes.count, "it takes the bytes")
  }

  deinit { close(descriptor) }

  /// Each opening of it begins at the first byte.
  var path: String { "/proc/self/fd/\(descriptor)" }

  /// A descriptor of its own, at the first byte.
  func opened() -> Int32 { unsafe open(path, O_RDONLY | O_CLOEXEC) }
}
