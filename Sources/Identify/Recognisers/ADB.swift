import Flows
import Packets

extension Recogniser {
  /// Android Debug Bridge: what the host's server and a device say to each other, or a program and the host's server.
  static let adb = Recogniser(
    name: "adb", title: "Android Debug Bridge",
    specification:
      "Android platform/packages/modules/adb, protocol.txt, OVERVIEW.TXT, SERVICES.TXT",
    transports: [.tcp], basis: [.recorded, .built]
  ) { conversation in
    let opinion = device.look(conversation)
    return opinion == .no ? services(conversation) : opinion
  }.orFromFirstBytes

  /// A program asks the host's server: four hexadecimal digits of length, then a service's name; the answer is OKAY or
  /// FAIL.
  private static func services(_ conversation: Conversation) -> Opinion {
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let client = conversation.client.bytes
    let server = conversation.server.bytes
    guard let length = Int(String(decoding: client.prefix(4), as: UTF8.self), radix: 16),
      client.prefix(4).allSatisfy({ $0 != 0x2b && $0 != 0x2d }), client.count >= 4
    else { return client.isEmpty ? .undecided : .no }
    let request = client.slice(at: 4, length)
    let kinds = ["host:", "host-serial:", "host-usb:", "host-local:", "host-transport-id:", "dev:"]
    guard (6...4096).contains(length), request.isGraphic,
      kinds.contains(where: { request.starts(with: $0.utf8) })
    else { return .no }
    guard request.count == length else { return .undecided }
    let facts = [Fact(.method, request)]
    var grounds = [Ground(.client, 0, 4 + length, "service's name behind its length")]
    guard !server.isEmpty else {
      return .yes(Recognition("adb", .oneSided, grounds: grounds, facts: facts))
    }
    guard let word = ["OKAY", "FAIL"].first(where: { $0.utf8.starts(with: server.prefix(4)) })
    else {
      return .no
    }
    guard server.count >= 4 else { return .undecided }
    grounds.append(Ground(.server, 0, 4, word))
    return .yes(Recognition("adb", .answered, grounds: grounds, facts: facts))
  }

  /// Host and device: messages of six words, the last of which is the first with every bit turned, and data whose bytes'
  /// sum stands in the header.
  private static let device = Recogniser(
    name: "adb", title: "Android Debug Bridge",
    specification: "Android platform/packages/modules/adb, protocol.txt",
    transports: [.tcp], basis: [.built], tolerated: 4,
    length: { walk, _ throws(Misfit) in
      walk.order = .little
      let command = try walk.uint32()
      guard ADB.commands.contains(command) else { throw .wrong }
      try walk.skip(8)
      let length = try walk.count32(atMost: 1 << 20)
      try walk.skip(4)
      guard try walk.uint32() == ~command else { throw .wrong }
      return 24 + length
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk(.little)
      let command = try walk.uint32()
      let first = try walk.uint32()
      try walk.skip(4)
      let length = Int(try walk.uint32())
      let sum = try walk.uint32()
      try walk.skip(4)
      guard message.isWhole else { return nil }
      let data = try walk.take(length)
      let total = data.reduce(UInt32(0)) { $0 &+ UInt32($1) }
      // Newer versions leave the sum out.
      guard sum == total || sum == 0 else { throw .wrong }
      var saying = Saying(what: "message header whose last word is its first one turned")
      saying.isChecked = sum == total && sum > 0
      switch command {
      case ADB.connect:
        let banner = data.prefix { $0 != 0 }
        guard banner.isGraphic, let colon = banner.firstIndex(of: 0x3a) else { throw .wrong }
        let isHost = banner[..<colon].elementsEqual("host".utf8)
        saying.part = isHost ? .request : .response
        saying.facts = [Fact(isHost ? .clientBanner : .serverBanner, banner)]
      case ADB.authenticate:
        // A token comes from the device, a signature or a public key from the host.
        guard (1...3).contains(first) else { throw .wrong }
        saying.part = first == 1 ? .response : .request
      default: break
      }
      return saying
    })
}

private enum ADB {
  static let connect: UInt32 = 0x4e58_4e43
  static let authenticate: UInt32 = 0x4854_5541
  /// CNXN, AUTH, OPEN, OKAY, CLSE, WRTE, SYNC, STLS.
  static let commands: Set<UInt32> = [
    connect, authenticate, 0x4e45_504f, 0x5941_4b4f, 0x4553_4c43, 0x4554_5257, 0x434e_5953,
    0x534c_5453,
  ]
}
