import Packets
import Testing

@testable import Flows
@testable import Identify

/// What the samples of stores, watchers and tools tell, and what only looks like them.
@Suite struct WireFactsTests {
  static let facts = [
    (Sample.storage[0], Field.topic, "disk"),
    (Sample.storage[1], Field.method, "NBD_OPT_EXPORT_NAME"),
    (Sample.storage[2], Field.clientID, "iqn.2026-11.net.example:a"),
    (Sample.storage[3], Field.version, "4.3"),
    (Sample.storage[4], Field.version, "2.3.0"),
    (Sample.storage[5], Field.answer, "SUCCESS"),
    (Sample.storage[6], Field.userAgent, "Pulsar Client 2.10"),
    (Sample.storage[7], Field.clientID, "teller"),
    (Sample.storage[8], Field.database, "employee"),
    (Sample.storage[9], Field.version, "2"),
    (Sample.storage[10], Field.method, "node"),
    (Sample.storage[11], Field.version, "2.10.4"),
    (Sample.upkeep[0], Field.method, "check_load"),
    (Sample.upkeep[1], Field.version, "4"),
    (Sample.upkeep[2], Field.userAgent, "iperf 3.12"),
    (Sample.upkeep[3], Field.topic, "office"),
    (Sample.upkeep[4], Field.answer, "office"),
    (Sample.upkeep[5], Field.method, "PORT_PLEASE2_REQ"),
    (Sample.upkeep[6], Field.session, "17185"),
    (Sample.upkeep[7], Field.user, "stjohns"),
    (Sample.upkeep[8], Field.method, "CLIENT"),
    (Sample.upkeep[9], Field.from, "router"),
    (Sample.upkeep[10], Field.version, "2.2.0p1"),
    (Sample.upkeep[11], Field.user, "alice"),
    (Sample.upkeep[12], Field.method, "LIST"),
    (Sample.upkeep[13], Field.topic, "VAR office ups.status"),
    (Sample.workshop[0], Field.clientBanner, "host::"),
    (Sample.workshop[2], Field.session, "7"),
    (Sample.workshop[3], Field.topic, "channel type 1"),
    (Sample.workshop[4], Field.version, "0.23.5"),
    (Sample.workshop[5], Field.method, "gcc"),
    (Sample.workshop[6], Field.method, "qSupported"),
    (Sample.workshop[7], Field.message, "java.lang.Number"),
    (Sample.workshop[8], Field.topic, "office"),
  ]

  @Test(arguments: facts)
  func `reads what a user wants to know`(sample: Sample, field: Field, value: String) {
    #expect(sample.fact(field) == value)
  }

  /// A sample in which one byte is another one, so that one rule is broken.
  struct Bent: Sendable, CustomTestStringConvertible {
    let sample: Sample
    let turn: Int
    let offset: Int
    let bits: UInt8
    let rule: String
    var testDescription: String { "\(sample.name): \(rule)" }

    init(_ sample: Sample, _ turn: Int, _ offset: Int, _ bits: UInt8, _ rule: String) {
      self.sample = sample
      self.turn = turn
      self.offset = offset
      self.bits = bits
      self.rule = rule
    }
  }

  static let bent = [
    Bent(Sample.workshop[0], 0, 20, 0x01, "the first word is not the last one turned"),
    Bent(Sample.workshop[0], 0, 16, 0x01, "another sum"),
    Bent(Sample.workshop[0], 1, 3, 0x20, "an unknown command"),
    Bent(Sample.workshop[2], 0, 4, 0x20, "another handshake"),
    Bent(Sample.workshop[2], 3, 7, 0x01, "a reply to another command"),
    Bent(Sample.workshop[2], 2, 9, 0x40, "an unknown command set"),
    Bent(Sample.storage[0], 0, 9, 0x01, "another magic"),
    Bent(Sample.storage[0], 2, 11, 0x01, "a reply to another option"),
    Bent(Sample.storage[0], 1, 3, 0x04, "flags that do not exist"),
    Bent(Sample.storage[2], 1, 19, 0x01, "another task tag"),
    Bent(Sample.storage[2], 0, 7, 0x02, "another length"),
    Bent(Sample.storage[2], 0, 1, 0x40, "a text that goes on in the last stage"),
    Bent(Sample.upkeep[0], 0, 5, 0x01, "another checksum"),
    Bent(Sample.upkeep[0], 0, 12, 0x01, "a changed command"),
    Bent(Sample.upkeep[1], 1, 3, 0x04, "another type"),
    Bent(Sample.upkeep[2], 0, 5, 0x20, "a cookie with a capital"),
    Bent(Sample.upkeep[2], 1, 0, 0x01, "another state"),
    Bent(Sample.upkeep[2], 2, 3, 0x01, "another length"),
    Bent(Sample.upkeep[3], 0, 1, 0x01, "another length"),
    Bent(Sample.upkeep[3], 0, 5, 0x01, "another type of node"),
    Bent(Sample.upkeep[4], 1, 5, 0x01, "another word in the list"),
    Bent(Sample.upkeep[5], 1, 0, 0x01, "an answer of another kind"),
    Bent(Sample.storage[3], 0, 1, 0x01, "another magic"),
    Bent(Sample.storage[3], 1, 2, 0x04, "a version that nobody offered"),
    Bent(Sample.storage[3], 2, 2, 0x40, "no structure"),
    Bent(Sample.storage[4], 0, 0, 0x01, "another magic"),
    Bent(Sample.storage[4], 1, 0, 0x01, "no JSON"),
    Bent(Sample.storage[5], 0, 8, 0x01, "another form of queries"),
    Bent(Sample.storage[6], 0, 3, 0x01, "another length"),
    Bent(Sample.storage[6], 1, 9, 0x01, "a command without the field of its type"),
    Bent(Sample.storage[7], 0, 3, 0x01, "another version"),
    Bent(Sample.storage[7], 0, 16, 0x01, "another length"),
    Bent(Sample.storage[7], 1, 7, 0x08, "another type of frame"),
    Bent(Sample.storage[8], 0, 3, 0x02, "another operation"),
    Bent(Sample.storage[8], 1, 7, 0x10, "a protocol that nobody offered"),
    Bent(Sample.workshop[3], 0, 12, 0x01, "another size"),
    Bent(Sample.workshop[3], 1, 0, 0x01, "another magic"),
    Bent(Sample.upkeep[6], 0, 7, 0x01, "another length"),
    Bent(Sample.upkeep[6], 1, 17, 0x20, "a prefix longer than allowed"),
    Bent(Sample.upkeep[6], 1, 31, 0x01, "another session"),
    Bent(Sample.upkeep[7], 1, 0, 0x01, "another port in the answer"),
    Bent(Sample.upkeep[7], 1, 13, 0x01, "no reply of the protocol"),
    Bent(Sample.upkeep[8], 0, 2, 0x01, "another code"),
    Bent(Sample.upkeep[8], 1, 0, 0x01, "another command"),
    Bent(Sample.upkeep[8], 2, 0, 0x04, "no reply"),
    Bent(Sample.workshop[4], 0, 3, 0x01, "another greeting"),
    Bent(Sample.workshop[4], 0, 9, 0x40, "no version"),
    Bent(Sample.workshop[4], 2, 6, 0x01, "no line of the protocol"),
    Bent(Sample.workshop[5], 0, 23, 0x04, "more arguments than there are"),
    Bent(Sample.workshop[5], 1, 11, 0x02, "another version"),
    Bent(Sample.workshop[6], 0, 5, 0x01, "another checksum"),
    Bent(Sample.workshop[6], 1, 4, 0x02, "another checksum in the answer"),
    Bent(Sample.workshop[7], 0, 3, 0x02, "another version"),
    Bent(Sample.workshop[7], 0, 5, 0x04, "an object without its class"),
    Bent(Sample.upkeep[9], 0, 4, 0x01, "another length"),
    Bent(Sample.upkeep[9], 0, 9, 0x01, "information that does not fill the message"),
    Bent(Sample.storage[9], 0, 13, 0x01, "no zlib"),
    Bent(Sample.storage[9], 1, 5, 0x04, "an acknowledgement beyond the window"),
    Bent(Sample.upkeep[10], 0, 3, 0x01, "another section first"),
    Bent(Sample.storage[10], 1, 8, 0x01, "a name that nobody asked for"),
    Bent(Sample.storage[10], 0, 7, 0x04, "another length"),
    Bent(Sample.storage[11], 0, 64, 0x80, "no salt"),
    Bent(Sample.storage[11], 1, 0, 0x01, "no length"),
    Bent(Sample.upkeep[12], 1, 11, 0x01, "an answer to another command"),
    Bent(Sample.upkeep[13], 0, 4, 0x01, "a kind that does not exist"),
    Bent(Sample.workshop[8], 2, 4, 0x01, "no control file"),
    Bent(Sample.workshop[8], 3, 0, 0x01, "no acknowledgement"),
    Bent(Sample.upkeep[11], 0, 0, 0x01, "another greeting"),
    Bent(Sample.upkeep[11], 2, 29, 0x01, "another action's response"),
  ]

  @Test(arguments: bent)
  func `what breaks a rule has no name, or less speaks for it`(bent: Bent) {
    var said = bent.sample.said
    said[bent.turn].1[bent.offset] ^= bent.bits
    let conversation = Conversation(bent.sample.transport, said)
    guard let found = Identification(of: conversation).recognition else { return }
    #expect(found.application == bent.sample.name && found.strength < bent.sample.strength)
  }

  @Test func `a stream of iperf3's begins with the cookie in a packet of its own`() {
    let cookie = Array("abcdefghijklmnopqrstuvwxyz234567abcd\0".utf8)
    let alone = Conversation(.tcp, [(.client, cookie), (.client, [1, 2, 3])])
    #expect(Identification(of: alone).recognition?.application == "iperf3")
    #expect(Identification(of: alone).recognition?.strength == .oneSided)
    let joined = Conversation(.tcp, [(.client, cookie + [1, 2, 3])])
    #expect(Identification(of: joined).recognition == nil)
    let written = Array("thequickbrownfoxjumpsoverthelazydogs\0".utf8)
    #expect(Identification(of: Conversation(.tcp, [(.client, written)])).recognition == nil)
  }
}
