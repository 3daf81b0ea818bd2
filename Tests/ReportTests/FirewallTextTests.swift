import Packets
import Sockets
import Testing

@testable import Report

@Suite struct FirewallTextTests {
  private let rule = FirewallRule(
    tool: .nft, family: .ip, table: Array("nat".utf8), chain: Array("DOCKER".utf8), number: 7,
    text: Array("tcp dport 3699 dnat to 10.0.0.5:80".utf8))

  private func survey(
    _ publication: PortPublication, sockets: [OwnedSocket] = [],
    namespace: NetworkNamespace? = nil
  ) -> PortSurvey {
    var reading = FirewallReading(namespace: namespace)
    reading.publications = [publication]
    var survey = PortSurvey(sockets: sockets)
    survey.firewalls = [reading]
    return survey
  }

  private var web: PortPublication {
    PortPublication(
      kind: .dnat, transport: .tcp, address: [10, 0, 0, 5], port: 80, rule: rule)
  }

  private func sentence(_ survey: PortSurvey) -> String {
    Sentence.all(tally: Tally(), owners: survey)[0]
  }

  @Test func `a published port without a listener is what the sentence says`() {
    #expect(
      sentence(survey(web))
        == "3699/tcp: no listener; a DNAT rule sends it to 10.0.0.5:80; no traffic seen yet")
    #expect(Sentence.all(tally: Tally(), owners: survey(web))[1] == "3699/udp: nothing seen")
  }

  @Test func `with conditions and a container it says so, and a listener stays first`() {
    var publication = web
    publication.conditions = [Array("iifname != \"docker0\"".utf8)]
    publication.container = ContainerDescription(
      identity: Array("x".utf8), runtime: .docker, name: Array("web".utf8))
    #expect(
      sentence(survey(publication))
        == "3699/tcp: no listener; a DNAT rule sends it to 10.0.0.5:80, container web (docker), "
        + "on conditions (iifname != \"docker0\"); no traffic seen yet")
    let text = sentence(survey(publication, sockets: [Samples.listener()]))
    #expect(text.hasPrefix("3699/tcp: bound to every address by python3"))
    #expect(text.contains("; a DNAT rule sends it to 10.0.0.5:80"))
  }

  @Test func `a rule for any port on conditions is told below and is not the sentence`() {
    var publication = web
    publication.namesPort = false
    publication.conditions = [Array("ip saddr 192.0.2.1".utf8)]
    let survey = survey(publication)
    #expect(survey.publications.isEmpty)
    #expect(sentence(survey) == "3699/tcp: nothing seen")
    #expect(
      TextReport().owner(survey).contains {
        $0.hasPrefix("3699/tcp: not evaluated: a DNAT rule sends it to 10.0.0.5:80 on conditions")
      })
  }

  @Test func `the rule and the command that shows it stand below`() {
    #expect(
      TextReport().owner(survey(web)).last
        == "3699/tcp: a DNAT rule sends it to 10.0.0.5:80: nft table ip nat, chain DOCKER, "
        + "handle 7: tcp dport 3699 dnat to 10.0.0.5:80; "
        + "show it: sudo nft -a list chain ip nat DOCKER")
    let blue = NetworkNamespace(inode: 4, name: Array("blue".utf8))
    #expect(
      TextReport().owner(survey(web, namespace: blue)).last?.hasSuffix(
        "show it: sudo ip netns exec blue nft -a list chain ip nat DOCKER") == true)
    var legacy = web
    legacy.rule.tool = .iptablesLegacy
    #expect(
      TextReport().owner(survey(legacy)).last?.hasSuffix(
        "iptables-legacy table nat, chain DOCKER, rule 7: tcp dport 3699 dnat to 10.0.0.5:80; "
          + "show it: sudo iptables-legacy -vnL DOCKER --line-numbers -t nat") == true)
  }

  @Test
  func `a listener's line says what is certain, and for each version of IP where they differ`() {
    var owned = Samples.listener(address: Array(repeating: 0, count: 16))
    owned.socket.isIPv6Only = false
    owned.inputFilters = [
      InputFilter(transport: .tcp, isIPv6: false, state: .dropped, rule: rule),
      InputFilter(transport: .tcp, isIPv6: true, state: .noRules),
    ]
    #expect(
      TextReport().owner(PortSurvey(sockets: [owned])).contains(
        "tcp [::]:3699 is bound to every address, IPv6 and IPv4 (dual stack); local firewall: IPv4 "
          + "drops a new connection: nft table ip nat, chain DOCKER, handle 7: tcp dport 3699 dnat to 10.0.0.5:80; "
          + "show it: sudo nft -a list chain ip nat DOCKER; IPv6 no rules in the input hook"))
    owned.inputFilters = [
      InputFilter(
        transport: .tcp, isIPv6: false, state: .notEvaluated, obstacle: .notPermitted)
    ]
    #expect(
      TextReport().owner(PortSurvey(sockets: [owned])).contains {
        $0.hasSuffix("; local firewall: not read (CAP_NET_ADMIN is missing)")
      })
  }

  @Test func `where it hangs on more, what may come in and what may not is told`() {
    var owned = Samples.listener()
    var policy = rule
    policy.text = Array("policy drop".utf8)
    policy.number = nil
    func line(_ filters: [InputFilter]) -> String {
      owned.inputFilters = filters
      return TextReport().owner(PortSurvey(sockets: [owned])).first {
        $0.contains("local firewall")
      } ?? ""
    }
    #expect(
      line([
        InputFilter(
          transport: .tcp, isIPv6: false, state: .notEvaluated, rule: policy, before: [rule]),
        InputFilter(transport: .tcp, isIPv6: false, origin: .host, state: .notDropped),
      ]).hasSuffix(
        "local firewall: from outside lets in a new connection at most on conditions that were not "
          + "evaluated: nft table ip nat, chain DOCKER, handle 7: tcp dport 3699 dnat to 10.0.0.5:80; any other "
          + "ends at nft table ip nat, chain DOCKER: policy drop; from this host itself no rule in the input "
          + "hook drops a new connection"))
    #expect(
      line([InputFilter(transport: .tcp, isIPv6: false, state: .notEvaluated, before: [rule])])
        .contains(
          "local firewall: may drop a new connection, on conditions that were not evaluated: nft"))
    #expect(
      line([
        InputFilter(
          transport: .tcp, isIPv6: false, destination: [192, 0, 2, 1], state: .notDropped),
        InputFilter(
          transport: .tcp, isIPv6: false, destination: [192, 0, 2, 2], state: .dropped, rule: policy
        ),
      ]).contains(
        "local firewall: to 192.0.2.1 no rule in the input hook drops a new connection; to 192.0.2.2 "
          + "drops a new connection: nft"))
  }

  @Test func `an IPv6 socket on a mapped address takes IPv4 alone`() {
    let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
    var owned = Samples.listener(address: mapped + [0, 0, 0, 0])
    owned.socket.isIPv6Only = false
    #expect(
      TextReport().owner(PortSurvey(sockets: [owned])).contains {
        $0.hasSuffix(" is bound to every IPv4 address (through an IPv6 socket)")
      })
    let reading = FirewallReading()
    #expect(reading.filters(for: owned.socket).isEmpty)
    owned = Samples.listener(address: mapped + [127, 0, 0, 1])
    #expect(
      TextReport().owner(PortSurvey(sockets: [owned])).contains {
        $0.hasSuffix(" is bound to loopback only (through an IPv6 socket)")
      })
  }

  @Test func `what is not known to serve a container is not said to`() {
    #expect(
      ContainerWords.of(PortForwarder(program: .pasta))
        == "forwards the port into another network namespace")
    #expect(
      ContainerWords.of(PortForwarder(program: .dockerProxy, address: [0x61], port: 80))
        == "forwards a container's published port to a port 80")
  }

  @Test func `rules that could not be read are said to be missing`() {
    var survey = PortSurvey()
    survey.firewalls = [FirewallReading(tables: .notPermitted)]
    #expect(
      TextReport().owner(survey).last
        == "firewall rules were not read (CAP_NET_ADMIN is missing): a port that they publish "
        + "without a listener stays unseen; try: sudo icwscan owner")
  }
}
