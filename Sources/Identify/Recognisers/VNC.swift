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
    if server.isWrong, let version = client.text, !conversation.server.beginsAtStart,
      isSecurity(conversation.server.bytes)
    {
      return .yes(
        Recognition(
          "vnc", .answered,
          grounds: [
            Ground(.client, 0, 12, "ProtocolVersion"), Ground(.server, 0, 2, "security types"),
          ], facts: [Fact(.version, version)]))
    }
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

  /// Whether the bytes are the server's second message: a number of security types and as many of them, each once; in
  /// version 3.3 one type in four bytes (RFC 6143 section 7.1.2 and appendix A).
  private static func isSecurity(_ bytes: [UInt8]) -> Bool {
    if bytes.starts(with: [0, 0, 0]) { return bytes.count >= 4 && (1...2).contains(bytes[3]) }
    let types = bytes.dropFirst().prefix(Int(bytes[0]))
    return (1...32).contains(bytes[0]) && types.count == Int(bytes[0]) && !types.contains(0)
      && Set(types).count == types.count
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
