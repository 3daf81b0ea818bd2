import Glibc

/// Tells an interpreter by what its file holds, and remembers what it has read: a server has many processes.
final class InterpreterMark {
  /// Different programs that are read at most.
  private static let mostPrograms = 16
  private static let slash = UInt8(ascii: "/")
  private static let point = UInt8(ascii: ".")
  private static let extensions: Set<String> = [
    "py", "pyc", "pyw", "pyz", "pl", "cgi", "psgi", "rb", "ru",
  ]

  private struct File: Hashable {
    let device: dev_t
    let number: ino_t
  }

  private var known: [File: InterpretedProgram.Interpreter?] = [:]

  /// Whether a file's name, or its first bytes, are those of a script.
  static func isScript(_ path: [UInt8], begin: [UInt8]) -> Bool {
    if begin.starts(with: "#!".utf8) { return true }
    let name = path.split(separator: slash).last ?? []
    guard let point = name.lastIndex(of: point) else { return false }
    return extensions.contains(String(decoding: name[(point + 1)...], as: UTF8.self))
  }

  /// The interpreter in the program that a process runs; nil when it is none that is known, can't be read, or too many
  /// were.
  func interpreter(of directory: borrowing Descriptor) -> InterpretedProgram.Interpreter? {
    guard let status = try? directory.status(of: "exe") else { return nil }
    let file = File(device: status.st_dev, number: status.st_ino)
    if let found = known[file] { return found }
    guard known.count < Self.mostPrograms else { return nil }
    let found = Self.interpreter(in: "exe", of: directory)
    known[file] = .some(found)
    return found
  }

  /// Bytes of a file that are looked through: the interpreters that are known have a quarter of that.
  private static let most = 32 << 20
  private static let chunk = 1 << 18

  /// Names that an interpreter exports for its extensions, or the library that it is in.
  private static let marks: [(InterpretedProgram.Interpreter, [UInt8])] = [
    (.python, Array("\0Py_BytesMain\0".utf8)), (.perl, Array("\0perl_parse\0".utf8)),
    (.ruby, Array("\0ruby_run_node\0".utf8)),
  ]

  /// The interpreter in the file at a path below a directory; nil when it is none that is known, or can't be read.
  static func interpreter(
    in path: String, of directory: borrowing Descriptor
  ) -> InterpretedProgram.Interpreter? {
    guard let file = try? Descriptor(path, in: directory.number) else { return nil }
    var buffer = [UInt8](repeating: 0, count: chunk)
    // A mark may lie across two pieces.
    let overlap = (marks.map { $0.1.count }.max() ?? 1) - 1
    var window: [UInt8] = []
    var total = 0
    while total < most, let count = try? file.read(into: &buffer), count > 0 {
      total += count
      window.removeFirst(max(0, window.count - overlap))
      window += buffer[..<count]
      for (interpreter, mark) in marks where ByteSearch.find(mark, in: window) != nil {
        return interpreter
      }
    }
    return nil
  }
}
