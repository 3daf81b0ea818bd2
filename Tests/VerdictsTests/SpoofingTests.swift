import Flows
import Identify
import Packets
import Testing

@testable import Verdicts

/// Servers that contradict themselves from connection to connection.
@Suite struct SpoofingTests {
  /// One connection, in which both sides say these lines in turn, the server first.
  private static func flow(_ number: Int, at seconds: Int64, _ lines: [String]) -> Flow {
    var builder = Builder(
      client: (Builder.pc, UInt16(2_000 + number)),
      at: Timestamp(nanoseconds: Builder.today.nanoseconds + seconds * 1_000_000_000))
    for (index, line) in lines.enumerated() where !line.isEmpty {
      builder.say(index % 2 == 0 ? .server : .client, at: 0.1 * Double(index + 1), line)
    }
    var flow = Flow(
      number: number, transport: .tcp, client: builder.flow.client, server: builder.flow.server,
      ground: .syn, first: builder.flow.first, firstPacket: builder.flow.firstPacket,
      state: .established)
    flow.conversation = builder.flow.conversation
    flow.clientCounters = builder.flow.clientCounters
    flow.serverCounters = builder.flow.serverCounters
    return flow
  }

  /// The verdicts on connections that follow each other, once all are known.
  private static func verdicts(_ connections: [(Int64, [String])]) -> [Verdict] {
    var ledger = CompanionLedger()
    let flows = connections.enumerated().map { flow($0 + 1, at: $1.0, $1.1) }
    let found = flows.map { Identification(of: $0.conversation) }
    for (flow, identification) in zip(flows, found) {
      ledger.noteGreeting(flow, identification.recognition)
    }
    return zip(flows, found).map { flow, identification in
      var builder = Builder()
      builder.flow = flow
      builder.identification = identification
      builder.context.companions = ledger.companions(of: flow)
      return builder.verdict()
    }
  }

  @Test func `two protocols as greetings of one endpoint are a spoofer`() {
    let verdicts = Self.verdicts([
      (0, ["SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"]), (3, ["* OK IMAP4rev1 Service Ready\r\n"]),
    ])
    for verdict in verdicts {
      #expect(verdict.verdictClass == .otherApplication)
      #expect(verdict.application == nil)
      #expect(verdict.has(.spoofer))
    }
    #expect(verdicts[0].spoofing == "it greeted as imap and as ssh")
  }

  @Test func `three unlike greetings on three connections are a spoofer`() {
    let verdicts = Self.verdicts([
      (0, ["220 ProFTPD Server ready.\r\n"]), (1, ["220 Welcome to the printer, model four\r\n"]),
      (2, ["550 access denied from here\r\n"]),
    ])
    #expect(verdicts.allSatisfy { $0.spoofing == "unlike greetings on 3 connections" })
    #expect(verdicts.allSatisfy { $0.application == nil })
  }

  @Test(
    arguments: [
      // Numbers, times and queue identifiers change from greeting to greeting.
      [
        "220 mx.example.net ESMTP q12 Mon, 2 Nov 2026\r\n",
        "220 mx.example.net ESMTP r77 Tue, 3 Nov 2026\r\n",
        "220 mx.example.net ESMTP s15 Wed, 4 Nov 2026\r\n",
      ],
      ["+OK POP3 <1896.697@db>\r\n", "+OK POP3 <2001.811@db>\r\n", "+OK POP3 <77.5@db>\r\n"],
      // A quotation of the day is another one each time, and no protocol's greeting.
      [
        "To be or not to be, that is the question\r\n", "Veni, vidi, vici\r\n",
        "Cogito ergo sum\r\n",
      ],
      ["SSH-2.0-OpenSSH_9.2p1 Debian\r\n", "SSH-2.0-OpenSSH_9.2p1 Debian\r\n"],
      ["220 one thing\r\n", "220 another matter\r\n"],
    ])
  func `greetings of one program are none`(greetings: [String]) {
    let verdicts = Self.verdicts(greetings.enumerated().map { (Int64($0), [$1]) })
    #expect(verdicts.allSatisfy { !$0.has(.spoofer) })
  }

  @Test func `a port that is given to another service later is none`() {
    let verdicts = Self.verdicts([
      (0, ["SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"]),
      (86_400, ["* OK IMAP4rev1 Service Ready\r\n"]),
    ])
    #expect(verdicts.allSatisfy { !$0.has(.spoofer) })
  }

  @Test func `a connection on which both talk keeps its name`() {
    let talk = [
      "+OK POP3 server ready\r\n", "USER alice\r\n", "+OK\r\n", "PASS secret\r\n",
      "+OK 2 messages\r\n",
    ]
    let verdicts = Self.verdicts([
      (0, talk), (1, ["SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"]),
      (2, ["* OK IMAP4rev1 Service Ready\r\n"]),
    ])
    #expect(verdicts[0].application == "pop3")
    #expect(!verdicts[0].has(.spoofer))
    #expect(verdicts[1].has(.spoofer))
  }

  @Test func `a client that speaks first shows nothing of a spoofer`() {
    let verdicts = Self.verdicts([
      (
        0,
        ["", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]
      ),
      (1, ["", "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n", "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n"]),
      (2, ["", "SSH-2.0-Go\r\n", "SSH-2.0-OpenSSH_9.2p1\r\n"]),
    ])
    #expect(verdicts.allSatisfy { !$0.has(.spoofer) })
  }

  @Test func `a capture of the server's packets alone shows no spoofer`() {
    var ledger = GreetingLedger()
    for (number, greeting) in ["SSH-2.0-OpenSSH_9.2p1\r\n", "* OK IMAP4rev1 ready\r\n"].enumerated()
    {
      var flow = Self.flow(number + 1, at: Int64(number), [greeting])
      flow.ground = .synAck
      flow.clientCounters = SideCounters()
      ledger.note(flow, Identification(of: flow.conversation).recognition)
      #expect(ledger.contradiction(of: flow) == nil)
    }
  }

  @Test func `a ledger keeps a bounded number of endpoints and greetings`() {
    var ledger = GreetingLedger()
    for number in 1...100 {
      ledger.note(
        Self.flow(number, at: Int64(number), ["220 word\(number % 2 == 0 ? "a" : "b")\r\n"]), nil)
    }
    #expect(ledger.contradiction(of: Self.flow(1, at: 0, ["220 x\r\n"])) == nil)
  }
}
