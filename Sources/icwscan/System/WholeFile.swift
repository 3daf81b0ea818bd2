import Captures
import Glibc

/// Small files read at once.
enum WholeFile {
  /// Why a file could not be read.
  struct Failure: Error {
    let number: Int32
    /// The system's words for it; the corresponding C function is `strerror`.
    var text: String { unsafe String(cString: strerror(number)) }
  }

  /// At most `most` bytes of a file.
  static func read(_ path: String, most: Int) -> Result<[UInt8], Failure> {
    let descriptor = unsafe open(RawPath.terminated(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(Failure(number: errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count < most {
      let wanted = min(65_536, most - bytes.count)
      var failure: Int32 = 0
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        let got = unsafe Glibc.read(descriptor, buffer.baseAddress!, wanted)
        failure = got < 0 ? errno : 0
        count = max(got, 0)
      }
      if failure == EINTR { continue }
      if failure != 0 { return .failure(Failure(number: failure)) }
      if chunk.isEmpty { break }
      bytes += chunk
    }
    return .success(bytes)
  }
}
