import Packets
import Testing

@testable import Flows
@testable import Identify

/// Specimens with a few bits changed so that one rule is broken: they lose their name.
@Suite struct SpecimenMissTests {
  struct Miss: CustomTestStringConvertible, Sendable {
    let name: String
    let title: String
    let rule: String
    /// Which byte of which turn is changed, and by which bits.
    let changes: [(turn: Int, offset: Int, bits: UInt8)]
    var testDescription: String { "\(name), \(title): \(rule)" }

    init(
      _ name: String, _ title: String, _ rule: String,
      _ changes: (turn: Int, offset: Int, bits: UInt8)...
    ) {
      self.name = name
      self.title = title
      self.rule = rule
      self.changes = changes
    }
  }

  static let misses: [Miss] = [
    Miss(
      "websocket", "mid json", "a client's frames without a mask", (0, 1, 0x80), (2, 1, 0x80),
      (4, 1, 0x80)),
    Miss(
      "websocket", "mid json", "a server's frames with a mask", (1, 1, 0x80), (3, 1, 0x80),
      (5, 1, 0x80)),
    Miss(
      "websocket", "mid json", "lengths that do not end where the next begins", (0, 1, 2),
      (2, 1, 2), (4, 1, 2)),
    Miss("websocket", "mid json", "a reserved bit", (0, 0, 0x10), (2, 0, 0x10), (4, 0, 0x10)),
    Miss(
      "websocket", "mid json", "text that is no UTF-8", (1, 4, 0x80), (3, 4, 0x80), (5, 4, 0x80)),
    Miss("websocket", "mid ping", "a pong with other bytes", (1, 7, 1), (4, 0, 3)),
    Miss("http2", "mid ping wu", "a ping that comes back with other bytes", (1, 10, 1)),
    Miss("http2", "mid", "frames whose lengths do not add up", (0, 2, 1), (1, 2, 1)),
    Miss("amqp", "mid hb", "a frame without its end", (3, 7, 1)),
    Miss("smb", "mid enc", "sessions that differ", (0, 48, 1), (2, 48, 1)),
    Miss("smb", "mid enc", "lengths of other messages", (0, 40, 1), (2, 40, 1)),
    Miss("ssh", "mid kex", "another message", (0, 5, 1), (1, 5, 1)),
    Miss("lmtp", "lmtp", "SMTP's hello", (1, 0, 9)),
    Miss("lmtp", "lmtp", "a refusal", (2, 0, 7)),
    Miss("dhcp", "bootp", "another transaction", (1, 4, 1)),
    Miss("dhcp", "bootp", "another client", (1, 30, 1)),
    Miss("dns", "servfail noquestion", "another identifier", (1, 1, 1)),
    Miss("dns", "servfail noquestion", "no failure", (1, 3, 2)),
  ]

  @Test(arguments: misses) func `what breaks a rule loses its name`(miss: Miss) throws {
    let specimen = try #require(
      Specimen.all.first { $0.name == miss.name && $0.title == miss.title })
    var said = specimen.said
    for change in miss.changes { said[change.turn].1[change.offset] ^= change.bits }
    var conversation = Conversation(specimen.transport, said)
    if specimen.isMidstream {
      conversation.client.beginsAtStart = false
      conversation.server.beginsAtStart = false
      conversation.knowsClient = false
    }
    let found = Identification(of: conversation).recognition
    #expect(found?.application != miss.name || found?.isLone == true)
  }

  @Test func `a failure of DNS that is its header alone names nothing by itself`() {
    let failure: [UInt8] = [0, 2, 0x81, 0x82, 0, 0, 0, 0, 0, 0, 0, 0]
    #expect(Identification(of: Conversation(.udp, [(.client, failure)])).recognition == nil)
    #expect(Identification(of: Conversation(.udp, [(.server, failure)])).recognition == nil)
  }
}
