import Flows
import Packets

extension Recogniser {
  /// The remote protocol of GDB and LLDB: packets between `$` and `#` with a checksum of two digits, acknowledged by `+`.
  static let gdbRemote = Recogniser(
    name: "gdb-remote", title: "GDB Remote Serial Protocol",
    specification: "Debugging with GDB, appendix E.1", transports: [.tcp],
    basis: [.recorded, .built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let asked = GDBPackets(conversation.client.bytes)
    let told = GDBPackets(conversation.server.bytes)
    if asked.isWrong || told.isWrong { return .no }
    guard let query = asked.first, let answer = told.first else { return .undecided }
    // Two checksums of a byte each are little for chance; the first query has a name.
    let text = conversation.client.bytes[query]
    guard let letter = text.first, "qQvHgmMcsZz?!jx_".utf8.contains(letter), text.isGraphic else {
      return .no
    }
    guard asked.count + told.count >= 3 else { return .undecided }
    return .yes(
      Recognition(
        "gdb-remote", .proven,
        grounds: [
          Ground(.client, query.lowerBound, query.count, "packet with its checksum"),
          Ground(.server, answer.lowerBound, answer.count, "packet with its checksum"),
        ], facts: [Fact(.method, text.prefix { $0 != 0x3a && $0 != 0x3b && $0 != 0x2c })]))
  }
}

/// The packets at the beginning of one side's bytes.
private struct GDBPackets {
  /// Where the content of the first lies.
  private(set) var first: Range<Int>?
  private(set) var count = 0
  private(set) var isWrong = false

  init(_ bytes: [UInt8]) {
    var index = 0
    while index < bytes.count, count < 16 {
      if bytes[index] == 0x2b {
        index += 1
        continue
      }
      guard bytes[index] == 0x24 else {
        isWrong = count < 2
        return
      }
      guard let end = bytes[index...].prefix(8192).firstIndex(of: 0x23), end + 2 < bytes.count
      else { return }
      let content = bytes[(index + 1)..<end]
      let sum = content.reduce(UInt8(0)) { $0 &+ $1 }
      guard let told = UInt8(bytes[(end + 1)...(end + 2)].asText, radix: 16), told == sum else {
        isWrong = true
        return
      }
      if !content.isEmpty {
        if first == nil { first = (index + 1)..<end }
        count += 1
      }
      index = end + 3
    }
  }
}
