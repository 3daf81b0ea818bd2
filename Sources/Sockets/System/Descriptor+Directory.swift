import CLinux
import Glibc

extension Descriptor {
  /// Room for a reading of a directory: 500 entries of /proc/PID/fd.
  private static let directoryBuffer = 16_384
  /// Of an entry with a name of 255 bytes, aligned.
  private static let longestEntry = MemoryLayout<dirent>.stride

  /// Calls `body` with a pointer to each name, NUL-terminated, `.` and `..` left out, until it answers false.
  /// The corresponding C function is `getdents64`; the names are not copied, which is what makes a walk over every
  /// descriptor of a host quick.
  ///
  /// - Parameter isFilled: Whether the file system fills each reading as far as there are names, as that of /proc does (dir_emit
  ///   in include/linux/fs.h): then a reading with room left was the last one, and none is made that finds nothing.
  @unsafe func forEachName(
    isFilled: Bool = false, _ body: (UnsafePointer<CChar>) -> Bool
  ) throws(SystemError) {
    guard let start = MemoryLayout<dirent>.offset(of: \.d_name) else { return }
    guard let lengthAt = MemoryLayout<dirent>.offset(of: \.d_reclen) else { return }
    let buffer = UnsafeMutableRawPointer.allocate(
      byteCount: Self.directoryBuffer, alignment: 8)
    defer { unsafe buffer.deallocate() }
    // An earlier reading left the position at the end.
    if lseek(number, 0, SEEK_SET) < 0 { throw SystemError(number: errno) }
    while true {
      let count = unsafe linux_directory_entries(number, buffer, Self.directoryBuffer)
      if count < 0 { throw SystemError(number: errno) }
      if count == 0 { return }
      var offset = 0
      while offset + start < count {
        let length = Int(unsafe buffer.load(fromByteOffset: offset + lengthAt, as: UInt16.self))
        guard length > start, offset + length <= count else { return }
        let name = unsafe UnsafeRawPointer(buffer + offset + start)
          .assumingMemoryBound(to: CChar.self)
        let isDot = unsafe name[0] == 0x2E && (name[1] == 0 || (name[1] == 0x2E && name[2] == 0))
        if !isDot, unsafe !body(name) { return }
        offset += length
      }
      if isFilled, Self.directoryBuffer - count > Self.longestEntry { return }
    }
  }

  /// The names that are decimal numbers up to 2^31 - 1, in the directory's order.
  func numericNames() throws(SystemError) -> [Int32] {
    var numbers: [Int32] = []
    try unsafe forEachName { name in
      if let number = unsafe Self.number(name) { numbers.append(number) }
      return true
    }
    return numbers
  }

  /// The names that matter among the first `limit`.
  func names(
    limit: Int, where matters: (Span<UInt8>) -> Bool = { _ in true }
  ) throws(SystemError) -> [[UInt8]] {
    var names: [[UInt8]] = []
    var left = limit
    try unsafe forEachName { name in
      let bytes = unsafe UnsafeRawBufferPointer(start: name, count: strlen(name))
      if matters(unsafe bytes.bindMemory(to: UInt8.self).span) { names.append(unsafe Array(bytes)) }
      left -= 1
      return left > 0
    }
    return names
  }

  /// A C string of decimal digits as a number.
  @unsafe static func number(_ name: UnsafePointer<CChar>) -> Int32? {
    var value: Int32 = 0
    var index = 0
    while case let digit = unsafe name[index], digit != 0 {
      guard digit >= 0x30, digit <= 0x39 else { return nil }
      let (tens, tooBig) = value.multipliedReportingOverflow(by: 10)
      let (next, tooBigStill) = tens.addingReportingOverflow(Int32(digit) - 0x30)
      if tooBig || tooBigStill { return nil }
      value = next
      index += 1
    }
    return index > 0 ? value : nil
  }
}
