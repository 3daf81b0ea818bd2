import Glibc

/// An open regular file that several threads read, each at a place of its own.
final class SharedDescriptor: Sendable {
  private let descriptor: Int32
  /// Where the input begins in the file.
  private let start: off_t

  /// A descriptor of its own for the same open file; nil when there is none to be had.
  init?(copying other: Int32, start: off_t) {
    let copy = fcntl(other, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { return nil }
    descriptor = copy
    self.start = start
  }

  deinit { _ = close(descriptor) }

  /// Fills the front of `memory` with what lies at `offset` of the input, and says how far; zero is the end, and -1 a
  /// failure that `errno` tells. The corresponding C function is `pread`.
  func read(at offset: UInt64, into memory: UnsafeMutableRawBufferPointer) -> Int {
    guard let distance = off_t(exactly: offset) else { return 0 }
    let (place, overflow) = start.addingReportingOverflow(distance)
    guard !overflow else { return 0 }
    while true {
      let got = unsafe pread(descriptor, memory.baseAddress, memory.count, place)
      if got >= 0 || errno != EINTR { return got }
    }
  }
}
