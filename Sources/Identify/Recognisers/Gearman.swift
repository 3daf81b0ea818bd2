import Flows
import Packets

extension Recogniser {
  /// Gearman: packets of a magic word, a type, a length and data (Gearman's PROTOCOL, section "Binary Packet").
  static let gearman = Recogniser(
    name: "gearman", title: "Gearman", specification: "Gearman's PROTOCOL document",
    transports: [.tcp],
    basis: [.built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    guard let asked = packets(conversation.client.bytes, "REQ"),
      let answered = packets(conversation.server.bytes, "RES")
    else { return .no }
    guard let first = asked.first ?? answered.first else { return .undecided }
    // An empty packet is only a word and a number; one with data has a length that fits.
    guard asked.count + answered.count >= 2 || first.length > 0 else { return .undecided }
    var grounds: [Ground] = []
    if !asked.isEmpty {
      grounds.append(
        Ground(.client, 0, 12, "request header with magic, type and the length of its data"))
    }
    if !answered.isEmpty {
      grounds.append(
        Ground(.server, 0, 12, "response header with magic, type and the length of its data"))
    }
    var facts: [Fact] = []
    if let job = asked.first(where: { [1, 7, 15, 18, 21, 32, 33, 34].contains($0.type) }) {
      facts.append(Fact(.message, job.data.prefix { $0 != 0 }))
    }
    let strength: Recognition.Strength =
      !asked.isEmpty && !answered.isEmpty ? .answered : asked.count > 1 ? .consistent : .oneSided
    return .yes(Recognition("gearman", strength, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  private struct Packet {
    let type: Int
    let length: Int
    let data: ArraySlice<UInt8>
  }

  /// The whole packets of a side; nil when the bytes are none.
  private static func packets(_ bytes: [UInt8], _ word: String) -> [Packet]? {
    let magic = [0] + Array(word.utf8)
    var packets: [Packet] = []
    var position = 0
    while packets.count < 8, position < bytes.count {
      let start = bytes.slice(at: position, 4)
      guard magic.starts(with: start) else { return packets.isEmpty ? nil : packets }
      guard let type = bytes.bigEndian(at: position + 4, 4),
        let length = bytes.bigEndian(at: position + 8, 4)
      else { return packets }
      guard (1...42).contains(type), length <= 1 << 28 else { return nil }
      guard bytes.count - position - 12 >= length else { return packets }
      packets.append(
        Packet(type: type, length: length, data: bytes.slice(at: position + 12, length)))
      position += 12 + length
    }
    return packets
  }
}
