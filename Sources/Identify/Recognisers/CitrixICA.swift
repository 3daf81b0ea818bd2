import Flows
import Packets

extension Recogniser {
  /// Citrix ICA: both sides open with 0x7f 0x7f `ICA` 0; with session reliability `CGP/01` in a frame.
  static let citrixICA = Recogniser(
    name: "citrix-ica", title: "Citrix ICA",
    specification: "none published; opening as documented by nmap and Wireshark",
    transports: [.tcp], basis: [.built, .corpus]
  ) { conversation in
    let mark: [UInt8] = [0x7f, 0x7f, 0x49, 0x43, 0x41, 0x00]
    let client = conversation.client.bytes
    let server = conversation.server.bytes
    if client.starts(with: [0x1a]) || server.starts(with: [0x1a]) {
      let gateway = Array("CGP/01".utf8)
      guard client[...].firstIndex(ofRun: gateway, within: 12) != nil,
        server[...].firstIndex(ofRun: gateway, within: 12) != nil
      else { return client.count >= 12 ? .no : .undecided }
      return .yes(
        Recognition(
          "citrix-ica", .answered,
          grounds: [
            Ground(.client, 0, min(12, client.count), "CGP frame"),
            Ground(.server, 0, min(12, server.count), "CGP frame"),
          ],
          clientIs: nil))
    }
    guard mark.starts(with: client.prefix(6)), mark.starts(with: server.prefix(6)) else {
      return .no
    }
    let sides = Side.allCases.filter { conversation[$0].bytes.count >= 6 }
    guard !sides.isEmpty else { return .undecided }
    // The server says it first and goes on saying it until it is answered.
    let first = conversation.turns.first?.side
    return .yes(
      Recognition(
        "citrix-ica", sides.count == 2 ? .answered : .oneSided,
        grounds: sides.map { Ground($0, 0, 6, "ICA detection string") },
        clientIs: first?.opposite))
  }
}
