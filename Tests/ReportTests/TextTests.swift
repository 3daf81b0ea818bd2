import CallWaiting
import Flows
import Identify
import Packets
@testable import Report
import Sockets
import Testing
import Verdicts

@Suite struct TextTests {
  @Test func `a flow is one line`() {
    #expect(
      TextReport().flow(Samples.record(server: Samples.python)) == [
        "2003-05-01T10:00:00.123456Z tcp 192.0.2.1:40000 > 198.51.100.2:3699 other-application http "
          + "(GET / example.com, Apache/1.3) 10 packets, 3.2 kB, 1.2 s "
          + "[python3 -m http.server 3699 (pid 4121, alice)]"
      ])
  }

  @Test(arguments: [FlowRecord.Action.start, .update, .end])
  func `a flow that goes on is counted so far`(_ action: FlowRecord.Action) {
    let record = FlowRecord(flow: Samples.flow(), verdict: Samples.verdict(), action: action)
    #expect(
      TextReport().flow(record)[0].hasSuffix(
        " 10 packets, 3.2 kB, 1.2 s" + (action == .end ? "" : " so far")))
  }

  @Test func `how much speaks for a recognition is explained, and silence is what was captured`() {
    #expect(
      TextReport().explanation(Samples.verdict()).contains(
        "recognised: in both directions, the one answering the other"))
    #expect(Words.of(EvidenceItem.unanswered) == "no answer was captured")
  }

  @Test func `of a file that ends in its first record nothing is said to have been read`() {
    func line(_ offset: Int64) -> String {
      Words.line(ErrorRecord(.truncated, source: Array("a.pcap".utf8), offset: offset))
    }
    #expect(line(0) == "a.pcap: the file ends in the middle of a record (at byte 0)")
    #expect(line(24).hasSuffix(" (at byte 24); everything before that was read"))
  }

  @Test func `connections that are over do not push the processes off the screen`() {
    let over = (0..<20).map { number in
      OwnedSocket(
        socket: SocketEntry(
          transport: .tcp, isIPv6: false, state: .timeWait, localAddress: [192, 0, 2, 1],
          localPort: 3699, peerAddress: [192, 0, 2, 9], peerPort: UInt16(40_000 + number),
          user: 0, inode: 0, cookie: UInt64(number)),
        missing: .timeWait)
    }
    let survey = PortSurvey(sockets: [Samples.listener()] + over)
    let lines = TextReport().owner(survey)
    #expect(lines.count { $0.hasPrefix("tcp    TIME-WAIT") } == 3)
    #expect(lines.contains("and more connections: 17 in TIME-WAIT (icwscan owner --brief)"))
    let explained = TextReport(style: Style(explain: true)).owner(survey)
    #expect(explained.count { $0.hasPrefix("tcp    TIME-WAIT") } == 20)
    #expect(TextReport().owner(survey, isBrief: true).count == 22)
  }

  @Test(
    arguments: [
      (0, "0 s"), (999, "0 us"), (850_000, "850 us"), (12_000_000, "12 ms"),
      (1_200_000_000, "1.2 s"),
      (200_000_000_000, "3 min 20 s"), (18_120_000_000_000, "5 h 2 min"),
      (169_200_000_000_000, "47 h 0 min"), (273_600_000_000_000, "3 days 4 h"),
      (747_535_020_000_000_000, "23 years 257 days"),
      (31_622_400_000_000_000 * 2, "2 years 2 days"),
      (63_158_400_000_000_000, "2 years 1 day"), (-5, "0 s"), (Int64.max, "292 years 171 days"),
    ] as [(Int64, String)])
  func `a length of time is said in units that people read`(nanoseconds: Int64, text: String) {
    #expect(Times.duration(nanoseconds) == text)
  }

  @Test func `one packet takes no time`() {
    var record = Samples.record(Verdict(.scan, role: .server, tool: "zmap"))
    record.flow.clientCounters.packets = 1
    record.flow.serverCounters.packets = 0
    #expect(TextReport().flow(record)[0].hasSuffix(" 1 packet, 3.2 kB"))
  }

  @Test(
    arguments: [
      (Fact(.version, "1.0"), "http", nil),
      (Fact(.version, "3.1.1"), "mqtt", "protocol version 3.1.1"),
      (Fact(.version, "TLS 1.0"), "tls", "TLS 1.0"),
      (Fact(.upgrade, "websocket"), "websocket", nil),
      (Fact(.upgrade, "h2c"), "http", "h2c"), (Fact(.codec, "0"), "rtp", "codec 0"),
      (Fact(.from, "<sip:a@b>;tag=root"), "sip", "from <sip:a@b>"),
      (Fact(.from, "a@b"), "smtp", "from a@b"), (Fact(.user, "root"), "mysql", "user root"),
      (Fact(.clientID, "a1"), "mqtt", "client a1"),
    ] as [(Fact, String, String?)])
  func `a fact says something or is left out`(fact: Fact, application: String, words: String?) {
    let recognition = Recognition(application, .proven, grounds: [], facts: [fact])
    let verdict = Verdict(
      .otherApplication, application: application, role: .server, recognition: recognition)
    #expect(FactWords.summary(of: verdict) == words)
  }

  @Test func `several files and files passed over are counted in the summary`() {
    func lines(_ files: Int?, _ others: Int?) -> [String] {
      TextReport().summary(SummaryRecord(tally: Tally(), files: files, otherFiles: others))
    }
    #expect(!lines(1, 0).contains { $0.contains("capture file") })
    #expect(!lines(nil, nil).contains { $0.contains("capture file") })
    #expect(lines(2, 0).contains("2 capture files read"))
    #expect(
      lines(1, 3).contains("1 capture file read; 3 other files in folders and archives passed over")
    )
  }

  @Test func `a terminal gets columns and a file does not`() {
    let record = Samples.record(Verdict(.scan, role: .server, tool: "zmap"))
    let plain = TextReport().flow(record)[0]
    let aligned = TextReport(style: Style(isTerminal: true)).flow(record)[0]
    #expect(!plain.contains("  "))
    #expect(
      aligned.contains(
        "tcp 192.0.2.1:40000 > 198.51.100.2:3699          scan                     (tool zmap)"))
  }

  @Test func `long command lines are cut on a terminal only`() {
    let process = Samples.process("x", ["x", String(repeating: "y", count: 500)])
    let record = Samples.record(server: process)
    #expect(TextReport().flow(record)[0].contains(String(repeating: "y", count: 500)))
    let terminal = TextReport(style: Style(width: 80, isTerminal: true))
    // As if no line had been broken.
    func joined(_ lines: some Sequence<String>) -> String {
      lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    }
    let cut = terminal.flow(record).joined(separator: " ")
    #expect(cut.contains("y\u{2026}y") && cut.contains("y (pid 4121, alice)"))
    let owners = PortSurvey(
      sockets: [Samples.listener([Holder(process: process, descriptors: [3])])])
    #expect(TextReport().owner(owners)[0].contains(String(repeating: "y", count: 500)))
    let sentence = joined(terminal.owner(owners).prefix(3))
    #expect(
      sentence.contains("y\u{2026}y") && sentence.contains("y (pid 4121, alice)")
        && sentence.count < 160)
    // The story has it whole, wherever it is read.
    #expect(terminal.owner(owners).contains { $0.contains(String(repeating: "y", count: 500)) })
    var tally = Tally()
    tally.note(record)
    let served = joined(terminal.sentences(tally: tally))
    #expect(served.contains("served by x yyy"))
    #expect(served.contains("y\u{2026}y") && served.contains("y (pid 4121, alice)"))
  }

  @Test func `explanation tells evidence, bytes, points and what is missing`() {
    var verdict = Samples.verdict()
    verdict.evidence.append(Evidence(.ipv6, .against, points: -3))
    verdict.missing = [.serverDirection]
    verdict.runnersUp = ["rtsp"]
    verdict.points = -3
    let lines = TextReport(style: Style(explain: true)).flow(Samples.record(verdict))
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") })
    #expect(
      lines.contains(
        "  for: the bytes are those of the protocol (request line) [packet 4, client's bytes 0 to 16]"
      ))
    #expect(
      lines.contains(
        "  against: IPv6, over which no Internet Call Waiting is documented [A7, -3 points]"))
    #expect(lines.contains("  missing: what the server sent: none of it was captured"))
    #expect(lines.contains("  would fit as well: rtsp"))
    #expect(lines.contains { $0.hasPrefix("  Internet Call Waiting: -3 points; likely from 5 on") })
  }

  @Test func `colour is never the only signal`() {
    let record = Samples.record()
    let coloured = TextReport(style: Style(colour: true)).flow(record)[0]
    #expect(coloured.contains("\u{1b}[36m"))
    let stripped = coloured.replacing(/\u{1b}\[[0-9]+m/, with: "")
    #expect(stripped == TextReport().flow(record)[0])
  }

  @Test func `ICMP errors without a flow`() {
    #expect(
      TextReport().orphan(Samples.orphan) == [
        "2003-05-01T10:00:00.123456Z udp 192.0.2.1:40000 > 198.51.100.2:3699 backscatter "
          + "(port unreachable, from 198.51.100.2) 1 ICMP error"
      ])
  }

  @Test func `a call tells who, whom, when, what and how`() {
    var call = Call(carrier: .sipPINT, alerted: Samples.start, packet: 12)
    call.calling = "0201234567"
    call.callingName = "Jansen"
    call.called = "0307654321"
    call.choice = .forward
    call.forwardedTo = "0612345678"
    call.answerSeconds = 7.46
    call.outcome = .completed
    #expect(
      TextReport().call(CallRecord(call: call, flow: Samples.flow())) == [
        "2003-05-01T10:00:00.123456Z call: 0201234567 (Jansen) called 0307654321; the subscriber "
          + "forwarded it to 0612345678 after 7.5 s; completed "
          + "[sip-pint, 192.0.2.1:40000 > 198.51.100.2:3699, packet 12]"
      ])
  }

  @Test func `the summary ends with what was counted`() {
    var tally = Tally()
    tally.note(Samples.record())
    let counters = DropsRecord(
      received: 1000, onPort: 10, dropped: 1, evicted: 2,
      unread: [.init(.tcp, .headerLength, count: 3), .init(.ipv4, .cut, count: 1)])
    #expect(
      TextReport().summary(SummaryRecord(tally: tally, counters: counters)) == [
        "3699/tcp is not KPN-ICW: it is HTTP (GET / example.com, Apache/1.3)",
        "3699/udp: nothing seen",
        "over  verdict            application  flows  packets   bytes",
        "tcp   other-application  http             1       10  3.2 kB",
        "from 2003-05-01T10:00:00.123456Z to 2003-05-01T10:00:01.323456Z (1.2 s)",
        "1000 frames read, 10 of the port", "1 packet dropped by the kernel",
        "2 flows made room for others in the full table",
        "1 frame not read: IPv4, cut by the snapshot length",
        "3 frames not read: TCP, impossible header length",
        "next: 1 packet dropped by the kernel; take a bigger buffer: sudo icwscan live -B 65536",
        "next: to keep such packets for Wireshark, with verdicts and processes: "
          + "sudo icwscan live -w port.pcapng",
      ])
  }

  @Test func `the owner report has ss's columns and each process's story`() {
    let lines = TextReport().owner(PortSurvey(sockets: [Samples.listener()]))
    #expect(lines.contains("Netid  State   Recv-Q  Send-Q  Local:Port    Peer:Port  Process"))
    #expect(
      lines.contains("tcp    LISTEN       0       5  0.0.0.0:3699  0.0.0.0:*  python3(4121,fd 3)"))
    #expect(lines.contains("command line  python3 -m http.server 3699"))
    #expect(lines.contains("user          alice (1000)"))
  }

  @Test func `a deleted program is marked and a missing owner has a reason and a command`() {
    var process = Samples.python
    process.isExecutableDeleted = true
    let lines = TextReport().owner(
      PortSurvey(sockets: [
        Samples.listener([Holder(process: process, descriptors: [3, 4])]),
        Samples.listener([], missing: .permissionDenied),
      ]))
    #expect(lines.contains("executable    /usr/bin/python3 (deleted or replaced)"))
    #expect(
      lines.contains(
        "1 socket without a process: the descriptors of other processes could not be read; "
          + "try: sudo icwscan owner"))
  }

  @Test func `an error says what, where and what to do`() {
    #expect(
      TextReport().error(
        ErrorRecord(.truncated, source: Array("a\u{1b}.pcap".utf8), offset: 4096))
        == "a\\x1b.pcap: the file ends in the middle of a record (at byte 4096); "
        + "everything before that was read")
    #expect(
      Words.line(ErrorRecord(.badFilter, source: Array("prot 1".utf8), message: "syntax error"))
        == "prot 1: bad filter: syntax error; the syntax is pcap-filter(7)'s")
  }

  @Test func `a comment for a capture file is one line`() {
    #expect(
      PcapComment.text(Samples.record(server: Samples.python))
        == "icwscan: other-application http (GET / example.com, Apache/1.3); "
        + "server python3 -m http.server 3699 (pid 4121, alice)")
  }

  @Test func `about is a page and claims nothing of other ports`() {
    let page = About.text(port: 3699, ephemeralRange: 32768...60999)
    #expect((60...100).contains(page.count), "\(page.count) lines")
    #expect(page.allSatisfy { $0.count <= 80 })
    #expect(page.contains { $0.contains("3699 is outside") })
    let other = About.text(port: 40000, ephemeralRange: 32768...60999)
    #expect(!other.contains { $0.contains("WHAT THE REGISTRY SAYS") })
    #expect(other.contains { $0.contains("40000 is inside") })
    #expect(About.text().contains { $0.contains("not known") })
  }

  @Test func `every protocol is a row`() {
    let lines = Protocols.text(Recogniser.all)
    #expect(lines.count == Recogniser.all.count + 1)
    #expect(lines.contains { $0.hasPrefix("ssh") && $0.contains("RFC 4253") })
    guard
      case .array(let rows) = Protocols.json(
        Recogniser.all, UnnamedProtocol.all, NamedProduct.all)
    else {
      Issue.record("not a list")
      return
    }
    #expect(
      rows.count == Recogniser.all.count + UnnamedProtocol.all.count + NamedProduct.all.count)
  }

  @Test func `every product is a row, with all that carries it`() {
    let lines = Protocols.text(NamedProduct.all)
    #expect(lines.count == NamedProduct.all.count + 1)
    #expect(lines.contains { $0.hasPrefix("etcd ") && $0.hasSuffix("grpc,http,http2,tls") })
    #expect(lines.contains { $0.hasPrefix("AnyDesk ") && $0.hasSuffix(" tls") })
    let carriers = Set(NamedProduct.all.flatMap(\.carriers))
    #expect(carriers.isSubset(of: Recogniser.all.map(\.name)))
  }

  @Test func `what is left unnamed is told with its reason and is none of what is named`() {
    let lines = Protocols.text(UnnamedProtocol.all)
    #expect(lines.count == UnnamedProtocol.all.count + 1)
    #expect(lines.contains { $0.hasPrefix("tocaboca") && $0.contains("does not tell the game") })
    let names = UnnamedProtocol.all.map(\.name)
    #expect(names == names.sorted() && Set(names).count == names.count)
    #expect(Set(names).isDisjoint(with: Recogniser.all.map(\.name)))
  }

  @Test func `what the text of the kernel's tables lacks is said, with sudo only where that helps`()
  {
    var survey = PortSurvey(sockets: [Samples.listener()], source: .procNet)
    survey.namespacesReadAsText = 2
    let bare = TextReport().owner(survey).suffix(2)
    #expect(
      bare.first?.hasPrefix("2 other network namespaces could be read through /proc alone") == true)
    #expect(
      bare.last?.hasPrefix("read from /proc/net, because sock_diag is missing; that tells") == true)
    #expect(bare.allSatisfy { $0.contains("Multipath TCP") && !$0.contains("sudo") })
    survey.source = .sockDiag
    #expect(TextReport().owner(survey).last?.hasSuffix("; try: sudo icwscan owner") == true)
  }
}
