import Flows
import Identify
import Packets
import Sockets
import Testing
import Verdicts

@testable import Report

@Suite struct SentenceTests {
  private func tcp(_ records: [FlowRecord], _ owners: PortSurvey? = nil, port: UInt16 = 3699)
    -> String
  {
    var tally = Tally()
    for record in records { tally.note(record) }
    return Sentence.all(tally: tally, owners: owners, port: port)[0]
  }

  private let simple = Samples.verdict(
    facts: [Fact(.method, "GET"), Fact(.path, "/"), Fact(.server, "SimpleHTTP/0.6")])

  @Test func `nothing at all is said for both transports`() {
    #expect(
      Sentence.all(tally: Tally(), port: 3699) == [
        "3699/tcp: nothing seen", "3699/udp: nothing seen",
      ])
  }

  @Test func `one flow of one application with its process`() {
    #expect(
      tcp([Samples.record(simple, server: Samples.python)])
        == "3699/tcp is not KPN-ICW: it is HTTP (GET /, SimpleHTTP/0.6), served by "
        + "python3 -m http.server 3699 (pid 4121, alice)")
  }

  @Test func `of processes that a listener makes, one for each connection, the listener is named`()
  {
    var waiting = Samples.process("postgres", ["postgres", "-p", "3699"], pid: 37)
    waiting.executable = Array("/usr/bin/postgres".utf8)
    func child(_ pid: Int32, of parent: Int32 = 37, file: String = "/usr/bin/postgres")
      -> FlowRecord
    {
      var process = Samples.process("postgres", ["postgres: a b idle", "", ""], pid: pid)
      process.parent = parent
      process.executable = Array(file.utf8)
      return Samples.record(simple, server: process)
    }
    let survey = PortSurvey(sockets: [
      Samples.listener([Holder(process: waiting, descriptors: [5])])
    ])
    let maker = "postgres -p 3699 (pid 37, alice)"
    #expect(tcp([child(50)], survey).contains(", served by a child of \(maker)"))
    #expect(tcp([child(50), child(51)], survey).contains(", served by children of \(maker)"))
    #expect(
      tcp([child(50), Samples.record(simple, server: waiting)], survey)
        .contains(", served by children of \(maker)"))
    for other in [child(51, of: 1), child(51, file: "/bin/other")] {
      #expect(
        tcp([child(50), other], survey).contains(", served by a child of \(maker) and others"))
    }
    #expect(tcp([child(50, of: 1)], survey).contains(", served by 'postgres: a b idle' (pid 50"))
  }

  @Test func `a listener without traffic is named by its program only`() {
    #expect(
      tcp([], PortSurvey(sockets: [Samples.listener()]))
        == "3699/tcp: bound to every address by python3 -m http.server 3699 (pid 4121, alice); "
        + "by its program an HTTP server, no traffic seen yet")
  }

  @Test func `a listener of an unknown program`() {
    let holder = Holder(process: Samples.process("thing", ["./thing", "-x"]), descriptors: [3])
    let owned = Samples.listener([holder], address: [127, 0, 0, 1])
    #expect(
      tcp([], PortSurvey(sockets: [owned]))
        == "3699/tcp: bound to loopback by ./thing -x (pid 4121, alice); no traffic seen yet")
  }

  @Test func `each address is told with who waits there, the most exposed first`() {
    func holder(_ name: String, _ pid: Int32) -> Holder {
      var process = Samples.process(name, ["./" + name])
      process.pid = pid
      return Holder(process: process, descriptors: [3])
    }
    func listener(_ address: [UInt8], _ holders: Holder...) -> OwnedSocket {
      Samples.listener(holders, address: address)
    }
    var mail = listener(Array(repeating: 0, count: 16), holder("mail", 20))
    mail.socket.isIPv6Only = true
    let sockets = [
      listener([127, 0, 0, 1], holder("local", 10)), listener([192, 0, 2, 2], holder("a", 11)),
      listener([192, 0, 2, 2], holder("b", 12)), listener([192, 0, 2, 2], holder("c", 13)), mail,
    ]
    #expect(
      tcp([], PortSurvey(sockets: sockets))
        == "3699/tcp: bound to every IPv6 address by ./mail (pid 20, alice); to one address, 192.0.2.2, by "
        + "./a (pid 11, alice), ./b (pid 12, alice) and 1 more; to loopback by ./local (pid 10, alice); "
        + "no traffic seen yet")
    // One process on several addresses is told once, and so are two of one address.
    let one = holder("one", 30)
    #expect(
      tcp(
        [], PortSurvey(sockets: [listener([192, 0, 2, 2], one), listener([192, 0, 2, 3], one)]))
        == "3699/tcp: bound to 2 addresses by ./one (pid 30, alice); no traffic seen yet")
    let many = (1...5).map { listener([192, 0, 2, $0], holder("p", 40 + Int32($0))) }
    #expect(
      tcp([], PortSurvey(sockets: many)).contains(
        "; to one address, 192.0.2.3, by ./p (pid 43, alice); to 2 addresses by ./p (pid 44, alice) and "
          + "./p (pid 45, alice); no traffic"))
  }

  @Test func `a listener whose process is not known says why`() {
    let owned = Samples.listener([], address: [192, 0, 2, 1], missing: .permissionDenied)
    #expect(
      tcp([], PortSurvey(sockets: [owned]))
        == "3699/tcp: bound to one address, 192.0.2.1, by no known process (not permitted "
        + "to look); no traffic seen yet")
  }

  @Test func `several classes are all counted and nothing is excluded`() {
    let scan = Verdict(.scan, role: .server, tool: "zmap")
    let silent = Verdict(.undetermined, role: .server)
    let text = tcp([
      Samples.record(simple), Samples.record(simple), Samples.record(scan), Samples.record(silent),
    ])
    #expect(
      text
        == "3699/tcp carries HTTP in 2 flows (such as GET /, SimpleHTTP/0.6); also 1 undetermined, 1 scan (zmap)"
    )
    #expect(!text.contains("not KPN-ICW"))
  }

  @Test func `applications come by number of flows`() {
    let ssh = Samples.verdict(.otherApplication, "ssh", facts: [Fact(.serverBanner, "SSH-2.0-x")])
    #expect(
      tcp([Samples.record(ssh), Samples.record(simple), Samples.record(simple)])
        == "3699/tcp is not KPN-ICW: it is HTTP in 2 flows (such as GET /, SimpleHTTP/0.6) and SSH (SSH-2.0-x) in 1 flow"
    )
  }

  @Test func `a fourth application is named, and of more the rest is counted`() {
    let names = ["dns", "ftp", "ssh", "tls", "smtp"].map {
      Samples.record(Samples.verdict(.otherApplication, $0, facts: []))
    }
    let four = tcp(Array(names.prefix(4)))
    #expect(four.hasSuffix(" and TLS in 1 flow"), "\(four)")
    #expect(tcp(names).hasSuffix(" and other applications in 2 flows"))
  }

  @Test func `a tool that made some of the probes is said of those alone`() {
    func scans(_ tools: [String?]) -> String {
      tcp(tools.map { Samples.record(Verdict(.scan, role: .server, tool: $0)) })
    }
    #expect(scans(["nmap"]) == "3699/tcp was only probed (nmap)")
    #expect(
      scans(["nmap", nil, nil, "nmap", "zmap"])
        == "3699/tcp was only probed: 5 flows (nmap in 2; zmap in 1)")
    #expect(
      scans([nil, "a", "b", "b", "c", "d", "e"])
        == "3699/tcp was only probed: 7 flows (b in 2; a in 1; c in 1; 2 more in 2)")
    #expect(scans(["a", "b", "c", "d"]) == "3699/tcp was only probed: 4 flows (a; b; c; d)")
    #expect(
      scans(["a", "b", "b", "c", "d", "e"]) == "3699/tcp was only probed: 6 flows (b; a; c; 2 more)"
    )
  }

  @Test func `flows of kinds beyond the bound are among the others, not without a name`() {
    let ports = (0..<UInt16(Tally.kinds) + 6).map { port in
      Samples.record(
        Verdict(.portCoincidence, application: "http", role: .client, servicePort: 8000 + port))
    }
    let text = tcp(ports)
    #expect(
      text.hasSuffix("; to port 8002, HTTP; at least \(Tally.kinds - 3) more)"), "\(text)")
  }

  @Test func `old TLS that may hide call waiting excludes nothing`() {
    let old = Verdict(.otherApplication, application: "tls", role: .server, missing: [.insideTLS])
    #expect(tcp([Samples.record(old)]) == "3699/tcp carries TLS")
    let new = Verdict(.otherApplication, application: "tls", role: .server)
    #expect(tcp([Samples.record(new)]) == "3699/tcp is not KPN-ICW: it is TLS")
  }

  @Test func `where a filter chose the packets the sentence is of them alone`() {
    var tally = Tally()
    tally.note(Samples.record(simple))
    var summary = SummaryRecord(tally: tally)
    summary.options.filter = Array("tcp".utf8)
    #expect(
      TextReport().summary(summary)[0].hasPrefix(
        "Of packets that pass the filter: 3699/tcp is not KPN-ICW: it is HTTP"))
  }

  @Test func `an interpreter behind another program's name is told`() {
    func words(_ arguments: [String], _ executable: String) -> String {
      var process = Samples.process("x", arguments)
      process.executable = Array(executable.utf8)
      return ProcessWords.of(process)
    }
    #expect(
      words(["/usr/sbin/cron", "-f", "", ""], "/usr/bin/python3.11")
        == "/usr/sbin/cron -f (pid 4121, alice, run by python3.11)")
    for (arguments, executable) in [
      (["python3", "-m", "x"], "/usr/bin/python3.11"), (["-bash"], "/usr/bin/bash"),
      (["/bin/sh", "x"], "/usr/bin/dash"), (["nginx: master"], "/usr/sbin/nginx"),
      (["php-fpm: pool www"], "/usr/sbin/php-fpm8.2"), (["cron"], "/usr/sbin/nodes"),
    ] {
      #expect(!words(arguments, executable).contains("run by"), "\(arguments)")
    }
  }

  @Test func `the process of a login listens for what it forwards, not for SSH`() {
    func kind(_ title: String) -> String? {
      ProgramWords.kind(of: Samples.process("sshd", [title, ""]))
    }
    #expect(kind("sshd: tunnel") == nil)
    #expect(kind("sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups") == "an SSH server")
    #expect(kind("/usr/sbin/sshd") == "an SSH server")
  }

  @Test func `the client's port is a coincidence`() {
    let verdict = Verdict(.portCoincidence, application: "tls", role: .client, servicePort: 443)
    #expect(
      tcp([Samples.record(verdict)])
        == "3699/tcp is not KPN-ICW: it is only the client's port (to port 443, TLS)")
  }

  @Test func `exclusion needs every flow`() {
    for verdictClass in VerdictClass.allCases {
      let text = tcp([Samples.record(Verdict(verdictClass, role: .server))])
      let isExcluded = verdictClass == .otherApplication || verdictClass == .portCoincidence
      #expect(text.contains("not KPN-ICW") == isExcluded, "\(verdictClass)")
      let mixed = tcp([
        Samples.record(simple), Samples.record(Verdict(verdictClass, role: .server)),
      ])
      #expect(mixed.contains("not KPN-ICW") == isExcluded, "\(verdictClass)")
    }
  }

  @Test(arguments: VerdictClass.allCases) func `every class is in the sentence`(
    _ weak: VerdictClass
  ) {
    for strong in VerdictClass.allCases where strong != weak {
      let records = [strong, weak].map { Samples.record(Verdict($0, role: .server)) }
      let text = tcp(records + [records[1]])
      let listed = [strong, weak].filter { text.contains($0.rawValue) }
      #expect(!listed.isEmpty && text.contains("1") && text.contains("2"), "\(text)")
    }
  }

  @Test func `weak traffic stands behind a listener`() {
    let text = tcp(
      [Samples.record(Verdict(.undetermined, role: .server))],
      PortSurvey(sockets: [Samples.listener()]))
    #expect(
      text == "3699/tcp: bound to every address by python3 -m http.server 3699 (pid 4121, alice); "
        + "by its program an HTTP server; flows seen: 1 undetermined")
  }

  @Test func `why nobody could name a flow is said with it`() {
    func open(_ item: EvidenceItem) -> FlowRecord {
      Samples.record(Verdict(.undetermined, role: .server, evidence: [Evidence(item, .against)]))
    }
    let echo = "the server repeats what it is sent, as an echo service does"
    #expect(tcp([open(.echo)]) == "3699/tcp is undetermined (\(echo))")
    #expect(
      tcp([open(.echo), open(.echo)], PortSurvey(sockets: [Samples.listener()]))
        .hasSuffix("; flows seen: 2 undetermined (\(echo))"))
    #expect(
      tcp([open(.silent), open(.echo), open(.echo), open(.opaque), open(.opaque), open(.opaque)])
        == "3699/tcp is undetermined: 6 flows "
        + "(3: bytes in which no protocol known here was recognised; 2: \(echo))")
    // Reasons of flows that a name was found for are told of nobody.
    #expect(tcp([open(.echo), Samples.record(simple)]).hasSuffix("; also 1 undetermined"))
  }

  @Test func `a client is told of all flows only when it was in all of them`() {
    var one = Samples.record(simple)
    one.clientProcess = Samples.python
    let name = "used by python3 -m http.server 3699 (pid 4121, alice)"
    #expect(tcp([one, one]).hasSuffix(name))
    #expect(tcp([one, Samples.record(simple)]).hasSuffix(name + " in 1 flow"))
    #expect(tcp([Samples.record(simple), one, one]).hasSuffix(name + " in 2 flows"))
    var other = one
    other.clientProcess = Samples.process("curl", ["curl"], pid: 7)
    #expect(tcp([one, other, one]).hasSuffix(name + " in 2 flows"))
    // A file's word has no start of the process: the same number may be another host's.
    other.clientProcess?.pid = 4121
    other.clientProcess?.isClaim = true
    #expect(tcp([one, other]).hasSuffix(name + " in 1 flow"))
    // Flows of two kinds that have one title are added up.
    var tool = one
    tool.verdict.tool = "nmap"
    #expect(tcp([one, tool]).hasSuffix(name) && tcp([tool, one, other]).hasSuffix(" in 2 flows"))
    var (sum, more) = (Tally(), Tally())
    sum.note(one)
    more.note(other)
    sum.add(more)
    #expect(Sentence.all(tally: sum)[0].hasSuffix(name + " in 1 flow"))
  }

  @Test func `a server in another namespace is told with it, and with the rule that leads there`() {
    var owned = Samples.listener()
    owned.namespace = NetworkNamespace(inode: 5, name: Array("cache".utf8), isOwn: false)
    let rule = FirewallRule(
      tool: .nft, family: .ip, table: Array("gate".utf8), chain: Array("pre".utf8), number: 2,
      text: Array("tcp dport 3699 dnat to 10.7.0.2:3699".utf8))
    var reading = FirewallReading()
    reading.publications = [
      PortPublication(
        kind: .dnat, transport: .tcp, address: [10, 7, 0, 2], port: 3699, rule: rule)
    ]
    var survey = PortSurvey(sockets: [owned])
    survey.firewalls = [reading]
    #expect(
      tcp([Samples.record(simple, server: Samples.python)], survey)
        == "3699/tcp is not KPN-ICW: it is HTTP (GET /, SimpleHTTP/0.6), served by "
        + "python3 -m http.server 3699 (pid 4121, alice) in network namespace cache; "
        + "a DNAT rule sends it to 10.7.0.2:3699")
  }

  @Test func `a program that is named like a kernel thread is said to be none`() {
    let posing = Samples.process("upd", ["[kworker/u8:2]", "upd.dat"])
    #expect(
      tcp([Samples.record(simple, server: posing)]).hasSuffix(
        "served by '[kworker/u8:2]' upd.dat (pid 4121, alice, named like a kernel thread, which it is not)"
      ))
    for other in [["[celeryd: worker@host]"], ["[netns-agent]"], ["kworker/0:1"], ["[", "x]"], []] {
      #expect(!Samples.process("x", other).isNamedLikeKernelThread)
    }
  }

  @Test func `genuine is said only of the class`() {
    #expect(
      tcp([Samples.record(Verdict(.genuineKPNICW, role: .server))])
        == "3699/tcp is KPN-ICW, by proof from outside the packets")
  }

  @Test func `another port`() {
    #expect(tcp([], port: 8080) == "8080/tcp: nothing seen")
  }

  @Test func `a tally keeps no more kinds than its bound`() {
    var tally = Tally()
    for index in 0..<500 {
      tally.note(
        Samples.record(Verdict(.otherApplication, application: "app-\(index)", role: .server)))
    }
    #expect(tally.transports[.tcp]?.groups.count == Tally.kinds)
    #expect(tally.transports[.tcp]?.others[.otherApplication] == 500 - Tally.kinds)
    #expect(tally.flows == 500)
    #expect(Sentence.all(tally: tally)[0].contains("other applications in 497 flows"))
  }

  @Test func `documented call waiting is named with its calls`() {
    func family(_ application: String, calls: Int) -> FlowRecord {
      Samples.record(
        Verdict(
          .icwFamily, application: application, role: .server,
          evidence: [Evidence(.icwExchange, detail: application)]
            + (0..<calls).map { Evidence(.icwCall, detail: "accept", packet: $0) }))
    }
    #expect(
      tcp([family("sip-pint", calls: 2)])
        == "3699/tcp carries Internet Call Waiting, operator not established: SIP/PINT (2 calls)")
    #expect(
      tcp([
        family("sip-pint", calls: 2), family("spirits", calls: 0), family("sip-pint", calls: 1),
      ])
        == "3699/tcp carries Internet Call Waiting, operator not established: "
        + "SIP/PINT in 2 flows (3 calls) and SPIRITS in 1 flow")
  }

  @Test func `never says reachable`() {
    for address: [UInt8] in [[0, 0, 0, 0], [127, 0, 0, 1], [10, 0, 0, 1]] {
      let text = tcp([], PortSurvey(sockets: [Samples.listener(address: address)]))
      #expect(!text.contains("reach"))
    }
  }
}
