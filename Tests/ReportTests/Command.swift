import Glibc

/// Runs a program of the machine and gives what it says; for comparisons with other tools.
enum Command {
  /// Where a program is; nil when it is not installed.
  static func path(_ name: String) -> String? {
    let folders = (unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin")
      .split(separator: ":")
    return (folders + ["/usr/sbin", "/sbin"]).map { "\($0)/\(name)" }.first {
      unsafe access($0, X_OK) == 0
    }
  }

  /// Standard output and status of a program that reads nothing.
  static func run(_ path: String, _ arguments: [String]) -> (output: String, status: Int32) {
    let quoted = ([path] + arguments).map {
      "'"
        + $0.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
    }
    guard
      let pipe = unsafe popen(
        "TZ=UTC LC_ALL=C " + quoted.joined(separator: " ") + " 2>/dev/null", "r")
    else { return ("", -1) }
    var output: [UInt8] = []
    while true {
      let byte = unsafe fgetc(pipe)
      if byte == EOF { break }
      output.append(UInt8(truncatingIfNeeded: byte))
    }
    let status = unsafe pclose(pipe)
    return (String(decoding: output, as: UTF8.self), status)
  }

  /// Takes a file away.
  static func remove(_ path: String) { _ = unsafe unlink(path) }

  /// A new file with these bytes; the caller removes it.
  static func file(_ bytes: [UInt8]) -> String? {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? P_tmpdir
    var template = Array("\(folder)/icwscan-test-XXXXXX".utf8CString)
    let descriptor = unsafe template.withUnsafeMutableBufferPointer {
      unsafe mkstemp($0.baseAddress!)
    }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let written = unsafe bytes.withUnsafeBytes {
      unsafe write(descriptor, $0.baseAddress, $0.count)
    }
    return written == bytes.count
      ? String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }
}
