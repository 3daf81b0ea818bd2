import Flows
import Packets

extension Recogniser {
  /// HL7 version 2 over MLLP: a message between 0x0B and 0x1C 0x0D, its first segment MSH; the answer's MSA repeats its
  /// control number (HL7 2.x chapter 2; MLLP release 1).
  static let hl7 = Recogniser(
    name: "hl7", title: "HL7 version 2", specification: "HL7 version 2 chapter 2; MLLP release 1",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    guard let asked = HL7Message(conversation.client.bytes),
      let answered = HL7Message(conversation.server.bytes)
    else { return .no }
    guard asked.isHeader || answered.isHeader else { return .undecided }
    var strength = Recognition.Strength.oneSided
    if asked.isHeader, answered.isHeader {
      let control = asked.field(9)
      strength = control != nil && answered.acknowledges == control ? .proven : .answered
    }
    var facts: [Fact] = []
    for (field, index) in [(Field.message, 8), (.from, 2), (.to, 4), (.session, 9), (.version, 11)]
    {
      if let value = (asked.isHeader ? asked : answered).field(index), !value.isEmpty {
        facts.append(Fact(field, value))
      }
    }
    if let status = answered.status { facts.append(Fact(.status, status)) }
    let grounds = [(Side.client, asked), (.server, answered)].filter { $0.1.isHeader }
      .map { Ground($0.0, 0, $0.1.headLength, "MSH segment") }
    return .yes(Recognition("hl7", strength, grounds: grounds, facts: facts))
  }.orFromFirstBytes
}

/// A message in a block of MLLP.
private struct HL7Message {
  /// Whether the whole first segment is there and sound.
  var isHeader = false
  var headLength = 0
  private var fields: [ArraySlice<UInt8>] = []
  /// What MSA says.
  var status: ArraySlice<UInt8>?
  /// The control number that MSA repeats.
  var acknowledges: ArraySlice<UInt8>?

  /// A field by its place behind the separator: 2 is MSH-3.
  func field(_ index: Int) -> ArraySlice<UInt8>? { index < fields.count ? fields[index] : nil }

  /// Nil when the bytes are none.
  init?(_ bytes: [UInt8]) {
    let mark = [0x0b] + Array("MSH".utf8)
    guard mark.starts(with: bytes.prefix(4)) else { return nil }
    guard bytes.count >= 9 else { return }
    let separator = bytes[4]
    guard separator.isHL7Mark, bytes[5..<8].allSatisfy({ $0.isHL7Mark }),
      Set(bytes[4..<8]).count == 4
    else {
      return nil
    }
    // The line's end must be a carriage return; many write a line feed.
    guard let end = bytes.prefix(4096).firstIndex(where: { $0 == 13 || $0 == 10 || $0 == 0x1c })
    else {
      if bytes.count >= 4096 { return nil }
      return
    }
    fields = bytes[1..<end].split(separator: separator, omittingEmptySubsequences: false)
    guard fields.count >= 9, bytes[1..<end].isText else { return nil }
    isHeader = true
    headLength = end
    let next = bytes[end...].drop { $0 == 13 || $0 == 10 }
    guard next.starts(with: "MSA".utf8) else { return }
    let segment = next.prefix { $0 != 13 && $0 != 10 && $0 != 0x1c }
      .split(separator: separator, omittingEmptySubsequences: false)
    if segment.count >= 3 {
      status = segment[1]
      acknowledges = segment[2]
    }
  }
}

extension UInt8 {
  /// Whether it may stand between HL7's fields or parts of fields.
  fileprivate var isHL7Mark: Bool {
    (0x21...0x7e).contains(self) && !(0x30...0x39).contains(self)
      && !(0x41...0x5a).contains(self & 0xdf)
  }
}
