import Flows
import Packets

extension Recogniser {
  /// Secure Shell: each side opens with an identification string, `SSH-protoversion-softwareversion` (RFC 4253
  /// section 4.2), before anything else; a server may send other lines before it.
  static let ssh = Recogniser(
    name: "ssh", title: "Secure Shell", specification: "RFC 4253 section 4.2", transports: [.tcp],
    basis: [.corpus]
  ) { conversation in
    let server = Greeting(in: conversation.server, side: .server)
    let client = Greeting(in: conversation.client, side: .client)
    if server.isWrong || client.isWrong { return .no }
    let found = [client, server].filter { $0.string != nil }
    guard !found.isEmpty else { return .undecided }
    var facts: [Fact] = []
    if let string = server.string { facts.append(Fact(.serverBanner, string)) }
    if let string = client.string { facts.append(Fact(.clientBanner, string)) }
    return .yes(
      Recognition(
        "ssh", found.count == 2 ? .answered : .oneSided,
        grounds: found.map { Ground($0.side, $0.offset, $0.string?.count ?? 0, "identification string") },
        facts: facts))
  }

  /// One side's identification string.
  private struct Greeting {
    let side: Side
    var string: ArraySlice<UInt8>?
    var offset = 0
    var isWrong = false

    init(in side: SideBytes, side name: Side) {
      self.side = name
      // Only a server may say something before (RFC 4253 section 4.2), in whole lines.
      for line in Lines(side.bytes, most: name == .server ? 32 : 1) {
        if line.bytes.starts(with: Array("SSH-".utf8)) {
          guard line.isWhole else { return }
          string = line.bytes
          offset = line.offset
          isWrong = !Self.isSound(line.bytes)
          return
        }
        isWrong = name == .client ? !Array("SSH-".utf8).starts(with: line.bytes.prefix(4)) : !line.isText
        if isWrong { return }
      }
    }

    /// `SSH-2.0-` or `SSH-1.x-`, printable, at most 255 bytes with CR LF.
    static func isSound(_ line: ArraySlice<UInt8>) -> Bool {
      guard line.count <= 253, line.allSatisfy({ (0x20...0x7e).contains($0) }) else { return false }
      let parts = line.split(separator: UInt8(ascii: "-"), maxSplits: 2, omittingEmptySubsequences: false)
      return parts.count == 3 && !parts[2].isEmpty
        && ["2.0", "1.99", "1.5", "1.3"].contains(String(decoding: parts[1], as: UTF8.self))
    }
  }
}
