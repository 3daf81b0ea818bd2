import Flows
import Packets

extension Recogniser {
  /// Music Player Daemon: it greets with its version, answers each command with lines of `key: value` and `OK`, or `ACK`.
  static let mpd = Recogniser(
    name: "mpd", title: "Music Player Daemon",
    specification: "MPD protocol, General protocol syntax", transports: [.tcp],
    basis: [.recorded, .built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    let mark = Array("OK MPD ".utf8)
    var lines = Lines(conversation.server.bytes, most: 200)
    guard let greeting = lines.next() else {
      return conversation.client.bytes.isEmpty ? .undecided : .no
    }
    guard greeting.bytes.starts(with: mark) else {
      return !greeting.isWhole && mark.starts(with: greeting.bytes) ? .undecided : .no
    }
    let version = greeting.bytes.dropFirst(mark.count)
    guard greeting.isWhole else { return .undecided }
    guard version.contains(0x2e), version.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e })
    else { return .no }
    var grounds = [Ground(.server, 0, greeting.bytes.count, "greeting with a version")]
    var facts = [Fact(.version, version)]
    var asked = Lines(conversation.client.bytes, most: 1)
    guard let command = asked.next(), command.isWhole, command.isText,
      let first = command.bytes.first,
      (0x61...0x7a).contains(first)
    else { return .yes(Recognition("mpd", .oneSided, grounds: grounds, facts: facts)) }
    facts.append(Fact(.method, command.bytes.prefix { $0 != 0x20 }))
    grounds.append(Ground(.client, 0, command.bytes.count, "command"))
    while let line = lines.next(), line.isWhole {
      if line.bytes.elementsEqual("OK".utf8) || line.bytes.starts(with: "ACK [".utf8) {
        grounds.append(Ground(.server, line.offset, line.bytes.count, "end of the answer"))
        return .yes(Recognition("mpd", .answered, grounds: grounds, facts: facts))
      }
      guard line.isText, line.bytes.elementsEqual("list_OK".utf8) || line.bytes.contains(0x3a)
      else { return .no }
    }
    return .yes(Recognition("mpd", .oneSided, grounds: grounds, facts: facts))
  }.orFromFirstBytes
}
