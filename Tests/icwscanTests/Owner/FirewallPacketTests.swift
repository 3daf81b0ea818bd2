import Glibc
import Testing

/// Random rules, asked of icwscan and of the kernel itself: real packets are sent, and a chain behind all others counts
/// those
/// that came through.
@Suite(.enabled(if: FirewallCase.isPermitted, Comment(rawValue: FirewallCase.missing)))
struct FirewallPacketTests {
  /// Random numbers that repeat (SplitMix64).
  private struct Draw: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      let once = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
      let twice = (once ^ (once >> 27)) &* 0x94d0_49bb_1331_11eb
      return twice ^ (twice >> 31)
    }
  }

  private static let conditions = [
    "", "", "tcp dport 3699", "tcp dport != 3699", "tcp dport 3000-3698", "tcp dport 3600-3700",
    "tcp dport { 22, 3690-3699 }", "tcp dport != { 22, 3690-3699 }", "tcp dport @ports",
    "udp dport 3699", "udp dport @ports", "udp dport > 3699", "udp dport <= 3699",
    "meta l4proto tcp", "meta l4proto udp th dport 3699", "th dport and 0xff == 0x73",
    "meta nfproto ipv4", "meta nfproto ipv6 tcp dport 3699", "ip protocol tcp", "ip6 nexthdr udp",
    "meta l4proto . th dport { tcp . 3699, udp . 1 }", "meta l4proto . th dport @pairs",
    "ip daddr . tcp dport { 127.0.0.1 . 3699 }", "ip daddr . tcp dport { 127.0.0.1 . 22 }",
    "ct state new", "ct state established", "iif lo", "iifname != lo", "ip saddr 127.0.0.0/8",
    "ip daddr 192.0.2.1", "ip6 saddr ::1", "tcp flags syn", "meta mark 0", "tcp sport 1-1023",
    "limit rate 1/day", "fib daddr type local",
  ]
  private static let ends = ["accept", "drop", "reject", "return", "continue", "counter"]
  private static let maps = [
    "tcp dport vmap { 22 : accept, 3699 : drop }", "udp dport vmap { 3699 : jump a, 1 : drop }",
    "tcp dport vmap { 3000-3698 : drop, 3699-3700 : jump b }",
    "meta l4proto vmap { tcp : continue, udp : jump b }", "tcp dport vmap @verdicts",
    "ip daddr . tcp dport vmap { 127.0.0.1 . 3699 : drop, 127.0.0.2 . 3699 : accept }",
  ]

  /// Behind all others: counts what came through.
  private static let counts = """
    table inet last {
      chain input {
        type filter hook input priority 1000;
        ip protocol tcp tcp dport 3699 counter
        meta nfproto ipv6 tcp dport 3699 counter
        ip protocol udp udp dport 3699 counter
        meta nfproto ipv6 udp dport 3699 counter
      }
    }
    """

  private static func rules(_ generator: inout Draw, jumpsTo chains: [String]) -> String {
    (0..<Int.random(in: 0...4, using: &generator)).map { _ -> String in
      if !chains.isEmpty, Int.random(in: 0..<4, using: &generator) == 0 {
        return maps.filter { map in
          ["a", "b"].allSatisfy { chains.contains($0) || !map.contains("jump \($0)") }
        }.randomElement(using: &generator) ?? "counter"
      }
      let jumps = chains.flatMap { ["jump \($0)", "goto \($0)"] }
      let end = (ends + jumps).randomElement(using: &generator) ?? "counter"
      return (conditions.randomElement(using: &generator) ?? "") + " " + end
    }.map { "    \($0)\n" }.joined()
  }

  private static func ruleset(_ generator: inout Draw) -> String {
    func chain(_ name: String, _ head: String, _ chains: [String], _ generator: inout Draw)
      -> String
    {
      "  chain \(name) {\n\(head)\(rules(&generator, jumpsTo: chains))  }\n"
    }
    func base(
      _ name: String, _ priority: Int, hook: String = "input", _ generator: inout Draw
    ) -> String {
      let policy = Int.random(in: 0..<4, using: &generator) == 0 ? "drop" : "accept"
      return chain(
        name, "    type filter hook \(hook) priority \(priority); policy \(policy);\n", ["a", "b"],
        &generator)
    }
    let inner = chain("b", "", [], &generator) + chain("a", "", ["b"], &generator)
    let outer = base("first", 0, &generator)
    let second = Bool.random(using: &generator) ? base("second", 10, &generator) : ""
    let isAhead = Int.random(in: 0..<4, using: &generator) == 0
    let ahead = isAhead ? base("ahead", -150, hook: "prerouting", &generator) : ""
    return """
      flush ruleset
      table inet t {
        set ports { type inet_service; flags interval; elements = { 1-100, 3650-3699, 4000 }; }
        set pairs { type inet_proto . inet_service; flags interval; elements = { tcp . 3000-4000, udp . 1-9 }; }
        map verdicts { type inet_service : verdict; elements = { 22 : drop, 80 : accept }; }
      \(inner)\(outer)\(second)\(ahead)}
      \(counts)
      """
  }

  private static let probe = """
    import socket
    for family, address in (socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"):
      s = socket.socket(family); s.setblocking(False); s.connect_ex((address, 3699))
      u = socket.socket(family, socket.SOCK_DGRAM)
      try: u.sendto(b"x", (address, 3699))
      except OSError: pass
    """

  /// How often each answer came.
  private typealias Counts = [String: Int]

  private static let rounds = unsafe getenv("ICWSCAN_TEST_ALL") == nil ? 12 : 500

  /// Compares what is said of the rules that stand with what becomes of four packets.
  private func compare(_ stage: Stage, _ told: String, _ counts: inout Counts) throws {
    let host = try JSONText.records(try stage.run([Place.binary, "owner", "--json"]).output)
      .last?["icwscan.summary.host"]
    // The probe is of the host itself.
    let filters = (host?["firewalls"]?.list.first?["filters"]?.list ?? []).filter {
      $0["origin"]?.string == "host" && $0["destination"] == nil
    }
    _ = try stage.run([Stage.python, "-c", Self.probe])
    let passed = try stage.run(["nft", "list", "chain", "inet", "last", "input"]).lines
      .filter { $0.contains("counter packets") }.map { !$0.contains("counter packets 0 ") }
    #expect(filters.count == 4 && passed.count == 4)
    for (filter, hasPassed) in zip(filters, passed) {
      let state = filter["state"]?.string ?? ""
      counts[state, default: 0] += 1
      if state == "dropped" || state == "rejected" { #expect(!hasPassed, "\(filter) \(told)") }
      // That none in the input hook drops it says nothing of the hook before.
      if state == "not-dropped", !told.contains("hook prerouting") {
        #expect(hasPassed, "\(filter) \(told)")
      }
    }
  }

  /// Each answer has to be tried.
  private func checkVariety(_ counts: Counts) {
    let states =
      ["dropped", "not-dropped", "not-evaluated"] + (Self.rounds > 100 ? ["rejected"] : [])
    for state in states { #expect((counts[state] ?? 0) > 0, "\(counts)") }
  }

  @Test func `What is certain of random rules of nft is what becomes of real packets`() throws {
    let stage = try Stage("ready()")
    var generator = Draw(state: 3699)
    var counts: Counts = [:]
    for round in 0..<Self.rounds {
      let rules = Self.ruleset(&generator)
      let made = try stage.run(["nft", rules])
      #expect(made.status == 0, "round \(round): \(made.errors)\n\(rules)")
      try compare(stage, "round \(round): \(rules)", &counts)
    }
    checkVariety(counts)
  }

  private static let matches = [
    "", "", "-p tcp", "! -p tcp", "-p tcp -m tcp --dport 3699", "-p tcp -m tcp ! --dport 3699",
    "-p udp -m udp --dport 3000:3698", "-p udp -m udp --dport 3600:3700",
    "-p udp -m udp ! --dport 3600:3700", "-p tcp -m multiport --dports 22,3690:3700",
    "-p tcp -m multiport ! --dports 22,3699", "-p udp -m multiport --ports 53,3699",
    "-p tcp -m multiport --sports 1:100", "-p tcp -m tcp --sport 1:1023", "-s 127.0.0.0/8",
    "! -s 127.0.0.1", "-i lo", "! -i lo", "-d 192.0.2.1", "-m conntrack --ctstate NEW",
    "-m conntrack --ctstate ESTABLISHED", "-p tcp -m tcp --tcp-flags SYN,ACK SYN --dport 3699",
    "-p udp -m comment --comment x", "-m addrtype --dst-type LOCAL", "-m mark --mark 0",
    "-p udp -m udp --dport 3699 -m limit --limit 1/hour",
  ]

  private static func restore(_ generator: inout Draw) -> String {
    func rules(_ chain: String, _ chains: [String], _ generator: inout Draw) -> String {
      let ends =
        ["-j ACCEPT", "-j DROP", "-j REJECT", "-j RETURN", ""]
        + chains.flatMap { ["-j \($0)", "-g \($0)"] }
      return (0..<Int.random(in: 0...4, using: &generator)).map { _ in
        let match = matches.randomElement(using: &generator) ?? ""
        return "-A \(chain) \(match) \(ends.randomElement(using: &generator) ?? "")\n"
      }.joined()
    }
    let policy = Int.random(in: 0..<4, using: &generator) == 0 ? "DROP" : "ACCEPT"
    return "*filter\n:INPUT \(policy) [0:0]\n:a - [0:0]\n:b - [0:0]\n"
      + rules("INPUT", ["a", "b"], &generator) + rules("a", ["b"], &generator)
      + rules("b", [], &generator) + "COMMIT\n"
  }

  @Test(arguments: ["iptables-legacy", "iptables-nft"])
  func `What is certain of random rules of iptables is what becomes of real packets`(_ tool: String)
    throws
  {
    guard try Command.run(["unshare", "-n", tool, "-L", "-n"]).status == 0 else {
      print("skipped: the kernel has no tables for \(tool)")
      return
    }
    let stage = try Stage("ready()")
    var generator = Draw(state: 6993)
    var counts: Counts = [:]
    for round in 0..<Self.rounds {
      let rules = Self.restore(&generator)
      let made = try stage.run([
        "sh", "-c",
        "printf %s \"$1\" | \(tool)-restore && nft 'add table inet last; delete table inet last' && nft \"$2\"",
        "sh", rules, Self.counts,
      ])
      #expect(made.status == 0, "round \(round): \(made.errors)\n\(rules)")
      try compare(stage, "round \(round): \(rules)", &counts)
    }
    checkVariety(counts)
  }
}
