import Glibc
import Testing

/// A client that gets no answer because a rule of this host's firewall stands in its way.
@Suite(
  .enabled(
    if: Namespace.isPermitted && Place.has("python3") && Place.has("nft"),
    "no user namespaces, no python3 or no nft"))
struct LiveFirewallTests {
  private static let rules = """
    table inet t {
      chain c {
        type filter hook input priority 0; policy accept;
        ct state established accept
        ip saddr 127.0.0.5 tcp dport 3699 drop
        ip saddr 127.0.0.6 tcp dport 3699 reject with tcp reset comment "gone"
        ip saddr 127.0.0.7 tcp dport 3699 limit rate over 1/day drop
      }
    }
    """

  /// Clients with these addresses, each of which tries for so long.
  private static func clients(_ addresses: [String]) -> [String] {
    [
      "python3", "-uc",
      """
      import socket, sys, time
      held = []
      for number in range(4):
        time.sleep(0.2)
        for address in sys.argv[1:]:
          s = socket.socket()
          s.bind((address, 0))
          s.setblocking(False)
          s.connect_ex(("127.0.0.1", 3699))
          held.append(s)
      print("tried")
      time.sleep(60)
      """,
    ] + addresses
  }

  @Test
  func
    `A flow that a rule drops or rejects names the rule, whether somebody listens or not; what may be let in names none`()
    throws
  {
    let namespace = try Namespace()
    let made = try namespace.run(["nft", Self.rules])
    #expect(made.status == 0, "\(made.errors)")
    let server = try namespace.webServer()
    let capture = try namespace.live("--json", on: ["lo"])
    let clients = try namespace.start(
      Self.clients(["127.0.0.5", "127.0.0.6", "127.0.0.7", "127.0.0.8"]))
    try clients.wait(for: "tried")
    // The last that is told is one that nobody answered.
    try capture.wait(for: "\"dropped\"")
    usleep(1_500_000)
    capture.send(SIGINT)
    let flows = try JSONText.records(try capture.finish().output).filter {
      $0.kind == "flow" && $0["event.action"]?.string == "flow-end"
    }
    func ends(_ address: String) -> [String] {
      flows.filter { $0["source.ip"]?.string == address }.map {
        ($0["icwscan.firewall.state"]?.string ?? "-") + " "
          + ($0["icwscan.firewall.rule.text"]?.string ?? "-")
      }
    }
    // The rules are told as the kernel has them.
    let drop = "dropped meta nfproto ipv4 ip saddr 127.0.0.5 tcp dport 3699 drop"
    let reject =
      "rejected meta nfproto ipv4 ip saddr 127.0.0.6 tcp dport 3699 reject with tcp reset comment \"gone\""
    // Under load there is no time to ask about each.
    for (address, rule) in [("127.0.0.5", drop), ("127.0.0.6", reject)] {
      #expect(ends(address).count == 4 && ends(address).contains(rule), "\(ends(address))")
      #expect(ends(address).allSatisfy { $0 == rule || $0 == "- -" }, "\(ends(address))")
    }
    #expect(ends("127.0.0.7").allSatisfy { $0 == "- -" } && ends("127.0.0.7").count == 4)
    #expect(ends("127.0.0.8") == ["- -", "- -", "- -", "- -"])
    server.send(SIGTERM)
  }
}
