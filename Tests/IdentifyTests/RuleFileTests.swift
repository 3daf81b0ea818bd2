import Flows
import Packets
import Testing

@testable import Identify

@Suite struct RuleFileTests {
  private static func file(_ text: String) -> RuleFile { RuleFile(Array(text.utf8)) }

  private static func name(
    _ text: String, _ transport: Transport, _ said: [(Side, [UInt8])], knowsClient: Bool = true
  ) -> String? {
    let conversation = Conversation(transport, said, knowsClient: knowsClient)
    return Identification(of: conversation).applying(file(text).rules, to: conversation)
      .recognition?.application
  }

  static let rule = """
    # In-house.
    application till
      transport tcp
      client at 0 hex 54 49 00 07 mask ff ff 00 0f
      client at 4 text "\\x01\\r\\n"   # a comment
      server in 16 text "OK!"
      client length 7..9

    """

  @Test func `a rule names what fits all of its conditions`() {
    let asked: [UInt8] = [0x54, 0x49, 0x99, 0xf7, 1, 13, 10]
    let told = Array("  OK!".utf8)
    #expect(Self.name(Self.rule, .tcp, [(.client, asked), (.server, told)]) == "till")
    #expect(Self.name(Self.rule, .udp, [(.client, asked), (.server, told)]) == nil)
    #expect(Self.name(Self.rule, .tcp, [(.client, asked)]) == nil)
    #expect(
      Self.name(Self.rule, .tcp, [(.server, asked), (.client, told)], knowsClient: false) == "till")
    #expect(Self.name(Self.rule, .tcp, [(.server, asked), (.client, told)]) == nil)
    for bent in asked.indices where bent != 2 {
      var other = asked
      other[bent] ^= 1
      #expect(Self.name(Self.rule, .tcp, [(.client, other), (.server, told)]) == nil)
    }
    #expect(
      Self.name(Self.rule, .tcp, [(.client, asked + [0, 0, 0]), (.server, told)]) == nil)
    #expect(
      Self.name(
        Self.rule, .tcp, [(.client, asked), (.server, [UInt8](repeating: 32, count: 14) + told)])
        == nil)
  }

  @Test func `a recognised protocol stays, unless the rule is about what it carries`() {
    let said: [(Side, [UInt8])] = [
      (.client, Array("GET /till HTTP/1.1\r\nHost: a\r\n\r\n".utf8)),
      (.server, Array("HTTP/1.1 200 OK\r\nServer: b\r\n\r\n".utf8)),
    ]
    let plain = "application till\n client at 0 text \"GET /till\"\n"
    #expect(Self.name(plain, .tcp, said) == "http")
    #expect(Self.name(plain + " over http\n", .tcp, said) == "till")
    #expect(Self.name(plain + " over smtp\n", .tcp, said) == "http")
  }

  @Test func `what a rule is carried in has to be a name that is known`() {
    let rule = "application till\n client at 0 text \"GET /till\"\n over htpp\n"
    let file = Self.file(rule)
    #expect(file.faults == [RuleFault(3, .unknownCarrier, "htpp")])
    #expect(Self.file(rule.replacing("htpp", with: "http")).faults.isEmpty)
  }

  @Test(arguments: [
    ("client at 0 hex 00\n", 1, RuleFault.Reason.noApplication),
    ("application KPN\n", 1, .badName), ("application kpn-x\n", 1, .reservedName),
    ("application my-icw\n", 1, .reservedName), ("application\n", 1, .badName),
    ("application a\n\n", 1, .noCondition),
    ("application a\n transport sctp\n", 2, .noTransport),
    ("application a\n client at x hex 00\n", 2, .noNumber),
    ("application a\n client at 9000 hex 00\n", 2, .numberTooHigh),
    ("application a\n client at 0 hex 0\n", 2, .badHexadecimal),
    ("application a\n client at 0 hex\n", 2, .badHexadecimal),
    ("application a\n client at 0 hex 00 01 02 03 mask ff\n", 2, .badMask),
    ("application a\n client at 0 text \"ab\n", 2, .badText),
    ("application a\n client at 0 text \"\\q\"\n", 2, .badText),
    ("application a\n client at 0 ab\n", 2, .noValue),
    ("application a\n client near 0 hex 00\n", 2, .unknownWord),
    ("application a\n client in 4 text \"abcde\"\n", 2, .tooLong),
    ("application a\n client in 5000 text \"abcde\"\n", 2, .numberTooHigh),
    ("application a\n client at 0 text \"abc\"\n", 1, .tooWeak),
    ("application a\n client at 0 hex ffffffffff mask 0000000001\n", 1, .tooWeak),
    ("application a\n client length 9..3\n", 2, .noNumber),
    ("application a b\n", 1, .unknownWord),
    ("application a\n \u{7}x\n", 2, .notText),
  ])
  func `a fault has its line and its reason`(text: String, line: Int, reason: RuleFault.Reason) {
    let faults = Self.file(text).faults
    #expect(
      faults.contains { $0.line == line && $0.reason == reason },
      "\(faults)")
  }

  @Test func `files, rules and searches are bounded`() {
    #expect(
      RuleFile(Array(repeating: 10, count: RuleLimits.fileBytes + 1)).faults.first?.reason
        == .fileTooLong)
    let one = "application a\n client at 0 text \"abcd\"\n"
    let many = String(repeating: one, count: RuleLimits.rules + 1)
    #expect(Self.file(many).faults.contains { $0.reason == .tooManyRules })
    let search = "application a\n client in 4096 text \"abcd\"\n"
    let slow = String(repeating: search, count: 300)
    #expect(Self.file(slow).faults.contains { $0.reason == .tooCostly })
    let long = "application a\n" + String(repeating: " client at 0 text \"ab\"\n", count: 17)
    #expect(Self.file(long).faults.contains { $0.reason == .tooManyConditions })
  }

  @Test func `the known users are sound rules, and those without a carrier name their bytes`() {
    let known = Self.file(KnownUsers.text)
    #expect(known.faults.isEmpty)
    #expect(known.rules == KnownUsers.rules && known.rules.count == 4)
    let discovery = Array("SRVC".utf8) + [0x10, 0, 0, 3, 0, 0, 1, 9]
    let found = Conversation(.udp, [(.client, discovery)])
    let named = Identification(of: found).applying(KnownUsers.rules, to: found)
    #expect(named.recognition?.application == "srvc-discovery")
    #expect(named.recognition?.strength == .oneSided)
    let other = Conversation(.udp, [(.client, Array(discovery.dropLast()))])
    #expect(Identification(of: other).applying(KnownUsers.rules, to: other).recognition == nil)
    let dairy = Conversation(
      .tcp, [(.client, Array("#SCTSTART1:ABCDEFG\r\n".utf8)), (.server, Array("OK!\r\n".utf8))])
    #expect(
      Identification(of: dairy).applying(KnownUsers.rules, to: dairy).recognition?.application
        == "sct-dairy")
  }

  @Test(arguments: Array(stride(from: 0, to: KnownUsers.text.utf8.count, by: 7)))
  func `a file cut anywhere or with bytes changed is read to its end`(count: Int) {
    let cut = RuleFile(Array(KnownUsers.text.utf8.prefix(count)))
    #expect(cut.rules.count <= 4)
    var random = SplitMix(seed: UInt64(count))
    var bent = Array(KnownUsers.text.utf8)
    for _ in 0..<20 { bent[Int(random.next() % UInt64(bent.count))] = UInt8(random.next() & 255) }
    let file = RuleFile(bent)
    #expect(file.faults.count <= 200 && file.rules.count <= 4)
  }

  @Test func `rules on random bytes name nothing`() {
    var random = SplitMix(seed: 3699)
    let rules = KnownUsers.rules + Self.file(Self.rule).rules
    for _ in 0..<2_000 {
      let conversation = Conversation(
        .tcp, [(.client, random.bytes(40)), (.server, random.bytes(40))], knowsClient: false)
      #expect(
        rules.allSatisfy { rule in
          rule.conditions.contains { $0.place(in: conversation) == nil }
        })
    }
  }
}
