import Glibc
import Testing

/// Rules that nft, iptables-nft and iptables-legacy make in a namespace of their own, and what is said of them.
@Suite(.enabled(if: FirewallCase.isPermitted, Comment(rawValue: FirewallCase.missing)))
struct FirewallViewTests {
  private static let nat = FirewallCase.nat
  private static let input = FirewallCase.input

  @Test(arguments: FirewallCase.all) func `A rule is read as its tool meant it`(_ one: FirewallCase)
    throws
  {
    if let trial = one.trial, try Command.run(["unshare", "-n", "sh", "-c", trial]).status != 0 {
      print("skipped: \(one.name): the kernel has no such tables")
      return
    }
    let stage = try Stage(
      """
      import subprocess
      subprocess.run(["sh", "-ec", sys.argv[1]], check=True, stdout=subprocess.DEVNULL); ready()
      """, arguments: [one.commands])
    let outcome = try stage.run([Place.binary, "owner", "--json"])
    let host = try #require(
      try JSONText.records(outcome.output).last?["icwscan.summary.host"])
    let firewall = try #require(host["firewalls"]?.list.first)
    let publications = firewall["publications"]?.list ?? []
    let told = publications.map { item in
      let words = ["transport", "kind", "address"].map { item[$0]?.string ?? "-" }
      let port = item["port"]?.integer.map(String.init) ?? "-"
      return (words + [port]).joined(separator: " ")
        + (item["conditions"]?.list.isEmpty == true ? "" : " ?")
    }
    #expect(told == one.publications)
    let filters = firewall["filters"]?.list ?? []
    let outside = one.filters ?? ["no-rules", "no-rules", "no-rules", "no-rules"]
    #expect(
      filters.map { ($0["origin"]?.string ?? "") + " " + ($0["state"]?.string ?? "") }
        == outside.map { "outside " + $0 } + (one.host ?? outside).map { "host " + $0 })
    let rules = publications.compactMap { $0["rule"] } + filters.compactMap { $0["rule"] }
    if let rule = one.rule { #expect(rules.first?["text"]?.string == rule) }
    for rule in rules { try check(rule, stage) }
    // A published port alone is something on the port.
    let isPublished = publications.contains { item in
      item["names_port"] == .boolean(true)
        || item["conditions"]?.list.isEmpty == true && item["before"]?.list.isEmpty == true
    }
    // Other tests have sockets in namespaces of theirs at the same time, and rules.
    let isAlone =
      host["sockets"]?.integer == 0 && host["firewalls"]?.list.count == 1
    if isAlone { #expect(outcome.status == (isPublished ? 0 : 1)) }
    if Validator.isInstalled { #expect(try Validator.check(outcome.output) == []) }
  }

  /// The tool shows the rule at the place that is told, and nft in the same words where it made it.
  private func check(_ rule: JSONText, _ stage: Stage) throws {
    let chain = rule["chain"]?.string ?? ""
    let table = rule["table"]?.string ?? ""
    if rule["tool"]?.string == "nft" {
      let family = rule["family"]?.string ?? ""
      let shown = try stage.run(["nft", "-a", "list", "chain", family, table, chain])
      guard let handle = rule["number"]?.integer else {
        #expect(shown.output.contains("policy drop"))
        return
      }
      let line = try #require(shown.lines.first { $0.hasSuffix("# handle \(handle)") })
      // What iptables made is told in iptables' words in part.
      guard table == "t" else { return }
      let plain = line.replacing(" packets 0 bytes 0", with: "")
      let text = rule["text"]?.string ?? ""
      if !text.contains("vmap") && !text.contains("tproxy") && !text.contains("(")
        && !text.contains(" >= ")
      {
        #expect(plain.contains(text), "\(plain)")
      }
    } else if let number = rule["number"]?.integer {
      let tool = rule["family"]?.string == "ip6" ? "ip6tables-legacy" : "iptables-legacy"
      let shown = try stage.run([tool, "-t", table, "-S", chain, "\(number)"])
      #expect(shown.status == 0 && !shown.lines.isEmpty)
    }
  }

  @Test func `A rule for one address is told of the listeners that it concerns`() throws {
    let stage = try Stage(
      """
      import subprocess
      subprocess.run(["sh", "-ec", sys.argv[1]], check=True, stdout=subprocess.DEVNULL)
      def listen(address, family=socket.AF_INET):
        s = socket.socket(family); s.bind((address, 3699)); s.listen(); return s
      def bind(address):
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind((address, 3699)); return s
      held = [listen("127.0.0.1"), listen("192.0.2.1"), listen("192.0.2.2"), bind("0.0.0.0")]
      ready()
      """,
      arguments: [
        "ip link set lo up; "
          + "ip addr add 192.0.2.1/24 dev lo; ip addr add 192.0.2.2/24 dev lo; " + Self.input
          + "nft add rule inet t c ip daddr 192.0.2.2 tcp dport 3699 drop; "
          + "nft add rule inet t c ip daddr 198.51.100.0/24 drop; "
          + "nft add rule inet t c ip daddr 192.0.2.2 iif != lo udp dport 3699 drop; "
          + "nft add rule inet t c ip daddr 192.0.2.3 tcp dport 3699 reject with tcp reset comment old; "
          + Self.nat + "nft add rule ip t c ip daddr 192.0.2.1 udp dport 3699 dnat to 192.0.2.9:80"
      ])
    // Where nobody listens a rule is told as well.
    let plain = try stage.run([Place.binary, "owner"]).output
    #expect(
      plain.contains("a firewall rule on port 3699: nft table inet t, chain c, handle ")
        && plain.contains("ip daddr 192.0.2.3 tcp dport 3699 reject with tcp reset comment \"old\""),
      "\(plain)")
    let told = try stage.sockets().map { record in
      (record["icwscan.socket.local"]?["address"]?.string ?? record["source.address"]?.string ?? "")
        + ":"
        + (record["icwscan.input_filters"]?.list ?? []).map { filter in
          " \(filter["origin"]?.string ?? "") \(filter["destination"]?.string ?? "any") "
            + (filter["state"]?.string ?? "")
        }.joined(separator: ",")
    }
    #expect(told.count == 4, "\(told)")
    #expect(
      told.contains {
        $0.hasSuffix(": host 127.0.0.1 not-dropped") || $0.hasSuffix(": host any not-dropped")
      })
    #expect(
      told.contains { $0.contains("outside 192.0.2.1 not-dropped, host 192.0.2.1 not-dropped") })
    #expect(told.contains { $0.contains("outside 192.0.2.2 dropped, host 192.0.2.2 dropped") })
    #expect(
      told.contains {
        $0.contains(
          "outside 192.0.2.1 sent-on, outside 192.0.2.2 dropped, host any not-dropped")
      }, "\(told)")
    let text = try stage.run([Place.binary, "owner"]).output.replacing("\n", with: " ")
    #expect(
      text.contains(
        "from outside to 192.0.2.1 sends a datagram on: nft table ip t, chain c"),
      "\(text)")
  }

  @Test func `The sentence says where a published port goes, and the command shows the rule`()
    throws
  {
    let stage = try Stage(
      """
      import subprocess
      subprocess.run(["sh", "-ec", sys.argv[1]], check=True); ready()
      """,
      arguments: [Self.nat + "nft add rule ip t c tcp dport 3699 dnat to 10.0.0.5:80"])
    let text = try stage.run([Place.binary, "owner"])
    #expect(
      text.lines.contains {
        $0.hasPrefix("3699/tcp: no listener; a DNAT rule sends it to 10.0.0.5:80")
          || $0.hasPrefix("3699/tcp: no listener in this network namespace; a DNAT rule sends it")
      })
    let line = try #require(
      text.lines.first { $0.hasPrefix("3699/tcp: a DNAT rule sends it to 10.0.0.5:80: ") })
    let command = line.split(separator: "show it: sudo ").last.map(String.init) ?? ""
    let shown = try stage.run(["sh", "-c", command])
    #expect(shown.status == 0 && shown.output.contains("tcp dport 3699 dnat to 10.0.0.5:80"))
  }

  @Test func `A listener's line says what certainly becomes of its packets`() throws {
    let stage = try Stage(
      """
      import subprocess
      subprocess.run(["sh", "-ec", sys.argv[1]], check=True)
      s = listener("0.0.0.0"); ready(own(s))
      """, arguments: [Self.input + "nft add rule inet t c tcp dport 3699 drop"])
    let text = try stage.run([Place.binary, "owner"])
    #expect(
      text.lines.contains {
        $0.contains(
          "is bound to every IPv4 address; local firewall: drops a new connection: nft table inet t, chain c, handle "
        )
      })
    let records = try stage.sockets()
    #expect(
      records.first?["icwscan.input_filters"]?.list.map {
        ($0["origin"]?.string ?? "") + " " + ($0["state"]?.string ?? "")
      } == ["outside dropped", "host dropped"])
  }

  @Test func `Without the right the rules are not read, and that is said`() throws {
    let folder = try TemporaryFolder()
    let binary = try Stage.sharedBinary(in: folder)
    let stage = try Stage("ready()")
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    let text = try stage.run(nobody + [binary, "owner"])
    #expect(
      text.lines.contains {
        $0.hasPrefix("firewall rules were not read (CAP_NET_ADMIN is missing)")
          && $0.hasSuffix("try: sudo icwscan owner")
      })
  }

  @Test func `Rules in another namespace are told with it`() throws {
    let inner = try Stage(
      """
      import subprocess
      subprocess.run(["sh", "-ec", sys.argv[1]], check=True); ready()
      """,
      arguments: [Self.nat + "nft add rule ip t c udp dport 3699 dnat to 10.99.0.5:80"])
    let outer = try Stage("ready()")
    let text = try outer.run([Place.binary, "owner"])
    let line = try #require(
      text.lines.first { $0.contains("10.99.0.5:80 (") || $0.contains("10.99.0.5:80:") })
    #expect(line.hasPrefix("3699/udp in ") && line.contains("show it: sudo nsenter -t "))
    #expect(inner.facts["holders"] != nil)
  }
}
