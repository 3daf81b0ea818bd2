import Captures
import Glibc
import Report

/// Records from a pipe, in a file without a name, so that they can be read twice.
enum RecordSpool {
  /// A descriptor of a file that holds everything that standard input gives.
  ///
  /// - Throws: `CaptureError` when there is no room for it.
  static func ofStandardInput() throws(CaptureError) -> Int32 {
    let folder = Environment.temporaryFolder
    let descriptor = try UnnamedFile.descriptor(in: folder)
    var buffer = [UInt8](repeating: 0, count: 262_144)
    while true {
      let got = unsafe read(STDIN_FILENO, &buffer, buffer.count)
      if got == 0 { return descriptor }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else {
        let code = errno
        close(descriptor)
        throw CaptureError(source: "-", code: code)
      }
      var rest = buffer[..<got]
      while !rest.isEmpty {
        let put = unsafe rest.withUnsafeBytes {
          unsafe write(descriptor, $0.baseAddress!, $0.count)
        }
        if put < 0, errno == EINTR { continue }
        guard put > 0 else {
          let code = errno
          close(descriptor)
          throw CaptureError(source: folder, code: code)
        }
        rest = rest.dropFirst(put)
      }
    }
  }
}
