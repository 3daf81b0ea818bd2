/// Tells an interpreter by what its file holds.
enum InterpreterMark {
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
