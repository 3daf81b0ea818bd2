import Packets
import Testing

@testable import Flows
@testable import Identify

/// Messages written after the specification, with what recordings often lack: optional fields, rare versions, refusals, IPv6,
/// streams met under way.
struct Specimen: CustomTestStringConvertible, Sendable {
  /// The name that it must get.
  let name: String
  /// What is special about it.
  let title: String
  let transport: Transport
  /// Whether the start of the stream was missed.
  let isMidstream: Bool
  /// Lines: `>` begins what the client says, `<` what the server says, in `hexadecimal`'s writing.
  let text: String

  init(
    _ name: String, _ title: String, over transport: Transport = .tcp, isMidstream: Bool = false,
    _ text: String
  ) {
    self.name = name
    self.title = title
    self.transport = transport
    self.isMidstream = isMidstream
    self.text = text
  }

  var testDescription: String { "\(name): \(title)" }

  /// Every specimen.
  static let all =
    web + webAndMore + names + namesAndMore + mail + stores + storesAndMore + voice + networks
    + desks

  /// What was said, in turn.
  var said: [(Side, [UInt8])] {
    var said: [(Side, String)] = []
    for line in text.split(separator: "\n") {
      switch line.first {
      case ">": said.append((.client, String(line.dropFirst())))
      case "<": said.append((.server, String(line.dropFirst())))
      default: said[said.count - 1].1 += line.drop { $0 == " " }
      }
    }
    return said.map { ($0.0, hexadecimal($0.1)) }
  }

  /// The conversation, or what a capture has of it that began later.
  var conversation: Conversation {
    var conversation = Conversation(transport, said)
    guard isMidstream else { return conversation }
    conversation.client.beginsAtStart = false
    conversation.server.beginsAtStart = false
    conversation.knowsClient = false
    return conversation
  }
}

@Suite struct SpecimenTests {
  @Test(arguments: Specimen.all) func `it gets its name`(specimen: Specimen) {
    let found = Identification(of: specimen.conversation).recognition
    #expect(found?.application == specimen.name)
  }

  @Test(arguments: Specimen.all) func `cut in any message it keeps the name or has none`(
    specimen: Specimen
  ) {
    let said = specimen.said
    // An upgrade that is cut is a request of what it upgrades.
    let general = Identification(of: specimen.conversation).recognition?.refines
    var random = SplitMix(seed: 3_699)
    for _ in 0..<12 {
      let last = Int.random(in: 0..<said.count, using: &random)
      let kept = Int.random(in: 0...said[last].1.count, using: &random)
      let cut = said[..<last] + [(said[last].0, Array(said[last].1.prefix(kept)))]
      let found = Identification(of: Conversation(specimen.transport, Array(cut))).recognition
      let name = found?.application
      #expect(
        name == nil || name == specimen.name || name == general,
        "\(name ?? "") at \(kept) of turn \(last)")
    }
  }
}
