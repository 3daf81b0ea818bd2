import Testing

@testable import Sockets

/// Rules that real tools made, as the kernel told them: what they mean for port 3699.
@Suite struct FirewallTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func read(_ recording: [String: [UInt8]], port: UInt16 = 3699) -> FirewallReading {
    var rules = FirewallRules(
      NFTablesReader(ReplayChannel(recording)), state: .read, legacy: LegacyTables.Result(),
      namespace: nil)
    return rules.evaluate(port: port)
  }

  private func legacy(_ recording: [String: [UInt8]], port: UInt16 = 3699) -> FirewallReading {
    var rules = FirewallRules<ReplayChannel>(
      nil, state: .absent, legacy: RecordedRules.images(recording), namespace: nil)
    return rules.evaluate(port: port)
  }

  /// `tcp dnat 10.0.0.5:80 by CHAIN RULE if CONDITIONS`.
  private func lines(_ reading: FirewallReading) -> [String] {
    reading.publications.map { one in
      let address = one.address.map { text(AddressText.of($0)) } ?? "-"
      let port = one.port.map(String.init) ?? "-"
      var line = "\(one.transport.rawValue) \(one.kind.rawValue) \(address) \(port)"
      line += " by \(text(one.rule.chain)) \(text(one.rule.text))"
      if !one.conditions.isEmpty {
        line += " if " + one.conditions.map { text($0) }.joined(separator: ", ")
      }
      return line
    }
  }

  private func states(_ reading: FirewallReading) -> [String] {
    reading.filters.filter { $0.origin == .outside }.map {
      "\($0.transport.rawValue)\($0.isIPv6 ? 6 : 4) \($0.state.rawValue)"
        + ($0.rule.map { " " + text($0.text) } ?? "")
    }
  }

  @Test func `nft's sets, maps and jumps are followed`() {
    let reading = read(RecordedRules.nft)
    #expect(reading.obstacle == nil)
    #expect(
      lines(reading) == [
        "tcp dnat 10.0.0.5 80 by prerouting ip saddr 192.0.2.0/24 tcp dport 3699 counter "
          + "dnat to 10.0.0.5:80 comment \"web\" if ip saddr 192.0.2.0/24",
        "tcp dnat 10.0.0.7 81 by sub ip protocol tcp dnat to 10.0.0.7:81 if ip daddr 10.1.0.1",
        "tcp dnat 10.0.0.9 80 by prerouting dnat to tcp dport map @targets",
        "udp redirect - 53 by prerouting iifname \"eth0\" udp dport 3699 redirect to :53 "
          + "if iifname \"eth0\"",
      ])
    #expect(reading.publications.allSatisfy { $0.namesPort })
    #expect(reading.publications.map(\.rule.number) == [4, 10, 9, 7])
    #expect(
      reading.publications.first { $0.address?.last == 9 }?.before.map { text($0.text) } == [
        "ip saddr 192.0.2.0/24 tcp dport 3699 counter dnat to 10.0.0.5:80 comment \"web\"",
        "ip daddr 10.1.0.1 tcp dport 3600-3700 jump sub",
      ])
  }

  @Test func `an input chain is certain or not evaluated, and a dormant table is nothing`() {
    let reject = "tcp dport @ports log reject with tcp reset"
    #expect(
      states(read(RecordedRules.nft)) == [
        // Over IPv4 some of it is sent on before.
        "tcp4 not-evaluated \(reject)", "tcp6 rejected \(reject)",
        "udp4 not-evaluated udp dport vmap @verdicts", "udp6 dropped udp dport vmap @verdicts",
      ])
    // Another port is in no set, or comes to another rule first.
    #expect(states(read(RecordedRules.nft, port: 3701))[0] == "tcp4 not-dropped")
    #expect(states(read(RecordedRules.nft, port: 22))[0] == "tcp4 not-dropped")
  }

  @Test func `kube-proxy's verdict maps lead to every endpoint`() {
    let reading = read(RecordedRules.kube)
    let found = lines(reading)
    #expect(found.count == 2 && reading.publications.allSatisfy { $0.isForPort })
    #expect(found.first?.hasPrefix("tcp dnat 10.244.0.5 8080 by first") == true)
    #expect(found.last?.hasPrefix("tcp dnat 10.244.0.6 8080 by second") == true)
    #expect(
      reading.publications.first?.conditions.first.map { text($0) }
        == "ip daddr . meta l4proto . th dport vmap @service-ips")
    #expect(states(reading)[0] == "tcp4 no-rules")
    #expect(lines(read(RecordedRules.kube, port: 3700)) == [])
  }

  static let docker = [
    "tcp dnat 172.17.0.2 80 by DOCKER", "udp redirect - 5353 by DOCKER",
  ]

  @Test func `Docker's rules are read through iptables-nft and iptables-legacy alike`() {
    for reading in [read(RecordedRules.docker), legacy(RecordedRules.legacy)] {
      let found = lines(reading)
      #expect(
        found.map { $0.split(separator: " ").prefix(6).joined(separator: " ") } == Self.docker)
      #expect(found.first?.contains("if -m addrtype --dst-type LOCAL") == true)
      let states = states(reading)
      // What Docker sends on never comes to the rule that refuses the rest.
      #expect(states[0].hasPrefix("tcp4 not-evaluated ") && states[0].contains("3690:3700"))
      #expect(states[1] == "tcp6 no-rules")
      #expect(states[2].hasPrefix("udp4 not-evaluated "))
      #expect(states[2].contains("DROP") || states[2].contains("drop"))
      // What is accepted in front of it is of connections that stand, and no doubt.
      let reasons = reading.filters[2].before.map { text($0.text) }
      #expect(reasons.count == 1 && reasons[0].contains("REDIRECT"), "\(reasons)")
    }
    let rule = legacy(RecordedRules.legacy).publications.first?.rule
    #expect(rule?.tool == .iptablesLegacy && rule?.number == 2)
    #expect(
      rule.map { text($0.text) }
        == "-p tcp ! -i docker0 -m tcp --dport 3699 -j DNAT --to-destination 172.17.0.2:80")
  }

  @Test func `ip6tables-legacy's rules and policy are read`() {
    let reading = legacy(RecordedRules.legacy6)
    #expect(
      lines(reading) == [
        "tcp dnat 2001:db8::5 80 by PREROUTING -p tcp -m tcp --dport 3699 "
          + "-j DNAT --to-destination [2001:db8::5]:80"
      ])
    #expect(states(reading)[1].hasPrefix("tcp6 sent-on -p tcp -m tcp --dport 3699 -j DNAT"))
    #expect(states(reading)[3] == "udp6 dropped policy DROP")
    #expect(reading.filters[3].rule?.number == nil)
  }

  @Test func `a refusal, rules that change and a kernel without them are told apart`() {
    func answer(_ error: Int32) -> [UInt8] {
      var bytes = hex("24000000 0200 0000 00000000 00000000")
      KernelBytes.append(-error, to: &bytes)
      return bytes + [UInt8](repeating: 0, count: 16)
    }
    #expect(read(["chains": answer(1)]).tables == .notPermitted)
    #expect(read(["chains": answer(22)]).tables == .absent)
    #expect(read(["chains": answer(5)]).tables == .failed)
    #expect(read([:]).tables == .failed)
    #expect(read(["chains": answer(1)]).filters.allSatisfy { $0.state == .notEvaluated })
    // The low half of the number of the rules' state is behind the family and the version.
    var changed = RecordedRules.nft
    changed["rules 1 filter input"]?[18] ^= 0xFF
    #expect(read(changed).tables == .changed)
    var refused = RecordedRules.nft
    refused["elements 1 filter ports"] = nil
    let reading = read(refused)
    #expect(reading.tables == .failed && reading.filters[0].state == .notEvaluated)
  }

  @Test func `damaged answers never crash`() {
    var generator = SeededGenerator(seed: 3699)
    for recording in [RecordedRules.nft, RecordedRules.kube, RecordedRules.docker] {
      let whole = recording
      for _ in 0..<150 {
        var damaged = whole
        for key in whole.keys.sorted() where Bool.random(using: &generator) {
          for _ in 0..<4 {
            let index = Int.random(in: 0..<max(1, whole[key]!.count), using: &generator)
            damaged[key]?[index] = UInt8.random(in: 0...255, using: &generator)
          }
        }
        _ = read(damaged)
      }
    }
  }

  @Test func `damaged and cut older tables never crash`() {
    var generator = SeededGenerator(seed: 6993)
    for image in RecordedRules.images(RecordedRules.legacy).images {
      for round in 0..<600 {
        var damaged = image
        for _ in 0..<3 {
          damaged.bytes[Int.random(in: image.bytes.indices, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        if round % 2 == 0 {
          damaged.bytes.removeLast(Int.random(in: 0..<image.bytes.count, using: &generator))
        }
        var rules = FirewallRules<ReplayChannel>(
          nil, state: .absent, legacy: LegacyTables.Result(images: [damaged], state: .read),
          namespace: nil)
        _ = rules.evaluate(port: 3699)
      }
    }
  }
}
