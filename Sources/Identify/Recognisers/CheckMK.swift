import Flows
import Packets

extension Recogniser {
  /// The agent of Checkmk: whoever connects gets sections, each behind its name between triple angle brackets, the first
  /// of them with the agent's version.
  static let checkMK = Recogniser(
    name: "checkmk-agent", title: "Checkmk agent",
    specification: "Checkmk documentation, Linux agent: output of the agent", transports: [.tcp],
    basis: [.built]
  ) { conversation in
    guard conversation.server.beginsAtStart else { return .no }
    let mark = "<<<check_mk>>>"
    var lines = Lines(conversation.server.bytes, most: 400)
    guard let head = lines.next() else {
      return conversation.client.bytes.isEmpty ? .undecided : .no
    }
    guard head.bytes.elementsEqual(mark.utf8) else {
      return !head.isWhole && mark.utf8.starts(with: head.bytes) ? .undecided : .no
    }
    // It waits for nothing.
    guard conversation.client.bytes.isEmpty else { return .no }
    var version: ArraySlice<UInt8>?
    while let line = lines.next() {
      if line.bytes.starts(with: "Version:".utf8), version == nil {
        version = line.isWhole ? line.bytes.dropFirst(8).withoutBlanks : nil
      }
      guard line.isWhole, line.bytes.starts(with: "<<<".utf8) else { continue }
      guard line.bytes.suffix(3).elementsEqual(">>>".utf8), line.bytes.isGraphic, let version,
        version.isGraphic
      else { return .no }
      return .yes(
        Recognition(
          "checkmk-agent", .consistent,
          grounds: [
            Ground(.server, 0, head.bytes.count, "first section's name"),
            Ground(.server, line.offset, line.bytes.count, "next section's name"),
          ], facts: [Fact(.version, version)]))
    }
    return .undecided
  }.orFromFirstBytes
}
