import Flows
import Packets

extension Recogniser {
  /// WhatsApp: `WA` and a version, behind it on both sides frames whose lengths have three bytes.
  static let whatsApp = Recogniser(
    name: "whatsapp", title: "WhatsApp",
    specification: "none published; framing as the free clients yowsup and whatsmeow implement it",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let client = conversation.client.bytes
    var start = 0
    // A routing header may stand in front: ED, 0, 1 and its length.
    if client.starts(with: Array("ED".utf8)) {
      guard client.count >= 7, client[2] == 0, client[3] == 1 else { return .no }
      start = 7 + Int(client[4]) << 16 + Int(client[5]) << 8 + Int(client[6])
      guard start < 1024 else { return .no }
    }
    guard client.count >= start + 4 else { return client.isEmpty ? .undecided : .no }
    guard client[start] == 0x57, client[start + 1] == 0x41, (1...8).contains(client[start + 2]),
      client[start + 3] <= 8
    else { return .no }
    guard let asked = frames(client, from: start + 4),
      let told = frames(conversation.server.bytes, from: 0)
    else { return .no }
    guard asked > 0, told > 0 else { return .undecided }
    return .yes(
      Recognition(
        "whatsapp", .answered,
        grounds: [
          Ground(.client, start, 4, "WA and version"),
          Ground(.server, 0, 3, "frame length"),
        ], facts: [Fact(.version, "\(client[start + 2]).\(client[start + 3])")]))
  }.orFromFirstBytes

  /// How many whole frames stand one behind the other; nil when something is none. The highest four bits of a length
  /// are marks.
  private static func frames(_ bytes: [UInt8], from start: Int) -> Int? {
    var walk = ByteWalk(bytes[start...])
    var count = 0
    while count < 32, let length = try? walk.uint24() {
      let size = Int(length & 0x0f_ffff)
      // What follows three frames that fit is not what tells it.
      guard size > 0, length >> 20 == 0 || length >> 20 == 8 else { return count > 2 ? count : nil }
      guard (try? walk.skip(size)) != nil else { break }
      count += 1
    }
    return count
  }
}
