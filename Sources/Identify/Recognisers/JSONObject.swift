/// The members of a JSON object's first level (RFC 8259), as far as a recogniser asks for them.
struct JSONObject {
  /// A member's value as it stands in the bytes.
  struct Value: Hashable {
    /// The value with its quotes or brackets.
    let raw: [UInt8]

    /// The characters of a string without escapes; nil for another type.
    var string: String? {
      guard raw.first == 0x22, raw.count >= 2, !raw.contains(0x5c) else { return nil }
      return raw.dropFirst().dropLast().asText
    }

    /// Whether it is `null`.
    var isNull: Bool { raw.elementsEqual("null".utf8) }
  }

  /// How reading ended.
  enum Outcome {
    /// The object and the offset behind it.
    case whole(JSONObject, end: Int)
    /// The bytes end within it; the members that were whole.
    case cut(JSONObject)
    /// It is none.
    case wrong
  }

  private(set) var members: [String: Value] = [:]

  /// The value of a member.
  subscript(name: String) -> Value? { members[name] }

  /// Members that are kept; the others are passed.
  private static let mostMembers = 64
  /// Values within values that are followed.
  private static let deepest = 32

  /// The object that begins at `offset`, white space allowed in front.
  static func read(_ bytes: [UInt8], at offset: Int = 0) -> Outcome {
    var walker = JSONWalker(bytes: bytes, position: offset)
    var object = JSONObject()
    walker.passBlanks()
    guard let first = walker.next else { return .cut(object) }
    guard first == 0x7b else { return .wrong }
    walker.position += 1
    walker.passBlanks()
    if walker.next == 0x7d { return .whole(object, end: walker.position + 1) }
    while true {
      walker.passBlanks()
      let start = walker.position
      guard walker.passString() else { return walker.isCut ? .cut(object) : .wrong }
      let name = bytes[start + 1..<walker.position - 1]
      walker.passBlanks()
      guard let colon = walker.next else { return .cut(object) }
      guard colon == 0x3a else { return .wrong }
      walker.position += 1
      walker.passBlanks()
      let value = walker.position
      guard walker.passValue(depth: deepest) else { return walker.isCut ? .cut(object) : .wrong }
      if object.members.count < mostMembers {
        object.members[name.asText] = Value(raw: Array(bytes[value..<walker.position]))
      }
      walker.passBlanks()
      guard let separator = walker.next else { return .cut(object) }
      walker.position += 1
      if separator == 0x7d { return .whole(object, end: walker.position) }
      guard separator == 0x2c else { return .wrong }
    }
  }
}

/// Walks the bytes of a JSON text.
private struct JSONWalker {
  let bytes: [UInt8]
  var position: Int
  /// Whether the last step failed because the bytes ended.
  var isCut = false

  var next: UInt8? { position >= 0 && position < bytes.count ? bytes[position] : nil }

  init(bytes: [UInt8], position: Int) {
    self.bytes = bytes
    self.position = position
  }

  mutating func passBlanks() {
    while let byte = next, byte == 0x20 || byte == 9 || byte == 10 || byte == 13 { position += 1 }
  }

  mutating func passString() -> Bool {
    guard let first = next else { return end() }
    guard first == 0x22 else { return false }
    position += 1
    while let byte = next {
      position += 1
      switch byte {
      case 0x22: return true
      case 0x5c:
        guard next != nil else { return end() }
        position += 1
      case 0..<0x20: return false
      default: break
      }
    }
    return end()
  }

  mutating func passValue(depth: Int) -> Bool {
    guard depth > 0 else { return false }
    guard let first = next else { return end() }
    switch first {
    case 0x22: return passString()
    case 0x7b, 0x5b: return passCollection(isObject: first == 0x7b, depth: depth)
    default: return passWord()
    }
  }

  private mutating func passCollection(isObject: Bool, depth: Int) -> Bool {
    let close: UInt8 = isObject ? 0x7d : 0x5d
    position += 1
    passBlanks()
    if next == close {
      position += 1
      return true
    }
    while true {
      passBlanks()
      if isObject {
        guard passString() else { return false }
        passBlanks()
        guard let colon = next else { return end() }
        guard colon == 0x3a else { return false }
        position += 1
        passBlanks()
      }
      guard passValue(depth: depth - 1) else { return false }
      passBlanks()
      guard let separator = next else { return end() }
      position += 1
      if separator == close { return true }
      guard separator == 0x2c else { return false }
    }
  }

  /// A number, `true`, `false` or `null`.
  private mutating func passWord() -> Bool {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) || "+-.eEtrufalsn".utf8.contains(byte) {
      position += 1
      guard position - start <= 64 else { return false }
    }
    let word = bytes[start..<position]
    if next == nil { return end() }
    if word.asText == "true" || word.asText == "false" || word.asText == "null" { return true }
    guard let first = word.first, first == 0x2d || (0x30...0x39).contains(first) else {
      return false
    }
    return word.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
  }

  private mutating func end() -> Bool {
    isCut = true
    return false
  }
}
