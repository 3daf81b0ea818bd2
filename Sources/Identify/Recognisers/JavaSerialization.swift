import Flows
import Packets

extension Recogniser {
  /// Java's object serialisation on a bare stream: its header, then objects with a class's name, strings or blocks behind
  /// their lengths.
  static let javaSerialization = Recogniser(
    name: "java-serialization", title: "Java Object Serialization Stream",
    specification: "Java Object Serialization Specification, chapter 6",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    var grounds: [Ground] = []
    var facts: [Fact] = []
    for side in Side.allCases {
      do throws(Misfit) {
        var walk = ByteWalk(conversation[side].bytes)
        guard walk.remaining > 0 else { continue }
        try walk.expect([0xac, 0xed, 0x00, 0x05])
        // Both sides of a pair of object streams write the header at once, objects later.
        guard walk.remaining > 0 else { continue }
        if let name = try JavaContent.first(&walk), facts.isEmpty { facts = [Fact(.message, name)] }
        grounds.append(Ground(side, 0, walk.offset, "stream header and first content"))
      } catch {
        if error == .wrong { return .no }
      }
    }
    guard !grounds.isEmpty else { return .undecided }
    let isAnswered = grounds.count == 2
    return .yes(
      Recognition(
        "java-serialization", isAnswered ? .answered : .oneSided, grounds: grounds, facts: facts,
        clientIs: nil))
  }
}

private enum JavaContent {
  /// The first content: the name of an object's class, or nil for another kind.
  static func first(_ walk: inout ByteWalk) throws(Misfit) -> ArraySlice<UInt8>? {
    switch try walk.uint8() {
    case 0x73, 0x75:
      // An object or an array, a new class descriptor, its name, serial number, flags and fields.
      try walk.expect([0x72])
      let name = try walk.take(Int(try walk.uint16()))
      guard name.first == 0x5b && name.isGraphic || name.isIdentifier else { throw .wrong }
      try walk.skip(8)
      guard try walk.uint8() & 0xe0 == 0, try walk.uint16() <= 1024 else { throw .wrong }
      return name
    case 0x74:
      let text = try walk.take(Int(try walk.uint16()))
      guard !text.isEmpty, text.isWritten else { throw .wrong }
      return nil
    case 0x77:
      // Block data: other content begins behind it, or the bytes end with it.
      let count = Int(try walk.uint8())
      guard count > 0 else { throw .wrong }
      try walk.skip(count)
      guard (0x70...0x7e).contains(walk.peek() ?? 0x70) else { throw .wrong }
      return nil
    default: throw .wrong
    }
  }
}
