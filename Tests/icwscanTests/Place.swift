import Glibc

/// Where things lie.
enum Place {
  /// The package's folder.
  static let root: String = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// The program under test, which the package manager builds beside the test runner.
  static let binary: String = {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe readlink("/proc/self/exe", buffer.baseAddress!, buffer.count)
    }
    let runner = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    let words = [runner] + CommandLine.arguments
    for word in words {
      // A runner in a bundle lies deeper: the program stands in one of the folders above.
      var parts = word.split(separator: "/")
      while !parts.isEmpty {
        parts.removeLast()
        let candidate = "/" + (parts + ["icwscan"]).joined(separator: "/")
        if isFile(candidate) { return candidate }
      }
    }
    return "icwscan"
  }()

  /// The program that floods a namespace, built beside the program under test.
  static let flood = String(binary.dropLast("icwscan".count)) + "FloodGenerator"

  /// Whether the slow tests run too.
  static let testsAll = unsafe getenv("ICWSCAN_TEST_ALL") != nil

  /// The sanitizer of this build (`Tests/sanitized`); nil for none.
  static let sanitizer = unsafe getenv("ICWSCAN_SANITIZER").map { unsafe String(cString: $0) }

  /// Whether a path is a regular file.
  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether a program is installed.
  static func has(_ program: String) -> Bool {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
    let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
    return folders.contains { isFile("\($0)/\(program)") }
  }

  /// Everything of a file; nil when it can't be read.
  static func read(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += buffer[..<count]
    }
  }

  /// The text of a file; nil when it can't be read.
  static func text(_ path: String) -> String? {
    read(path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Writes a file; false when it can't be written.
  @discardableResult static func write(_ bytes: some Collection<UInt8>, to path: String) -> Bool {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress!, $0.count)
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The names in a folder, sorted.
  static func names(in folder: String) -> [String] {
    guard let handle = unsafe opendir(folder) else { return [] }
    defer { unsafe _ = closedir(handle) }
    var names: [String] = []
    while let entry = unsafe readdir(handle) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// A folder for one test; it goes with the test.
final class TemporaryFolder {
  /// Its path.
  let path: String

  init() throws {
    let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? P_tmpdir
    var template = Array("\(parent)/icwscan-test-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer {
      unsafe mkdtemp($0.baseAddress!) != nil
    }
    guard made else { throw Program.Failure.notStarted(["mkdtemp"], errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // Other users shall reach what a test puts there for them.
    unsafe _ = chmod(path, 0o755)
  }

  deinit {
    let remove = try? Program(["rm", "-rf", path])
    _ = try? remove?.finish()
  }

  /// A path inside.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Writes a file inside and gives its path.
  func file(_ name: String, _ bytes: some Collection<UInt8>) -> String {
    Place.write(bytes, to: self(name))
    return self(name)
  }
}
