/// Paths as strings that keep every byte: a file's name need not be UTF-8, but a `String` must be.
///
/// A byte that is part of no valid UTF-8 becomes the scalar U+10FF00 plus its value, at the end of the last plane for
/// private use. Names that hold such a scalar themselves have its bytes kept the same way, so nothing is mistaken.
public enum RawPath {
  private static let base: UInt32 = 0x10FF00

  /// The path whose bytes these are.
  public static func text(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self), !isMarked(text) { return text }
    var text = String.UnicodeScalarView()
    var position = 0
    while position < bytes.count {
      let length = length(at: bytes[position])
      let end = min(position + length, bytes.count)
      if let part = String(validating: bytes[position..<end], as: UTF8.self), !isMarked(part) {
        text.append(contentsOf: part.unicodeScalars)
        position = end
      } else {
        Unicode.Scalar(base + UInt32(bytes[position])).map { text.append($0) }
        position += 1
      }
    }
    return String(text)
  }

  /// The bytes of a path, for a system call or for the eye.
  public static func bytes(_ path: String) -> [UInt8] {
    guard isMarked(path) else { return Array(path.utf8) }
    var bytes: [UInt8] = []
    for scalar in path.unicodeScalars {
      if isMark(scalar) {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes += Array(String(scalar).utf8)
      }
    }
    return bytes
  }

  /// The bytes of a path with the zero that ends them, for a system call.
  public static func terminated(_ path: String) -> [CChar] {
    bytes(path).map { CChar(bitPattern: $0) } + [0]
  }

  /// How long the character that begins with this byte claims to be (RFC 3629 section 3).
  private static func length(at byte: UInt8) -> Int {
    switch byte {
    case 0xC0...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF7: 4
    default: 1
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    (base + 0x80...base + 0xFF).contains(scalar.value)
  }

  private static func isMarked(_ text: String) -> Bool {
    text.unicodeScalars.contains(where: isMark)
  }
}
