import Flows
import Packets

extension Recogniser {
  /// Remote framebuffer: both sides open with `RFB xxx.yyy` and a line feed (RFC 6143 section 7.1.1).
  static let vnc = Recogniser(
    name: "vnc", title: "VNC (remote framebuffer)", specification: "RFC 6143 section 7.1.1",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    let server = ProtocolVersion(conversation.server)
    let client = ProtocolVersion(conversation.client)
    guard !server.isWrong, !client.isWrong else { return .no }
    // The server speaks first: without its line nothing is decided, with it alone it is told by one side.
    guard let version = server.text ?? client.text else { return .undecided }
    var grounds: [Ground] = []
    if server.text != nil { grounds.append(Ground(.server, 0, 12, "ProtocolVersion")) }
    if client.text != nil { grounds.append(Ground(.client, 0, 12, "ProtocolVersion")) }
    return .yes(
      Recognition(
        "vnc", grounds.count == 2 ? .answered : .oneSided, grounds: grounds,
        facts: [Fact(.version, version)],
        clientIs: conversation.turns.first?.side.opposite))
  }

  /// The line that each side begins with.
  private struct ProtocolVersion {
    var text: String?
    var isWrong = false

    init(_ side: SideBytes) {
      let bytes = side.bytes.prefix(12)
      for (byte, expected) in zip(bytes, "RFB 000.000\n".utf8) {
        let isDigit = expected == 0x30
        if isDigit ? !(0x30...0x39).contains(byte) : byte != expected {
          isWrong = true
          return
        }
      }
      if bytes.count == 12 { text = String(decoding: bytes.dropFirst(4).dropLast(), as: UTF8.self) }
    }
  }
}
