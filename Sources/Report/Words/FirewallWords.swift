import Packets
import Sockets

/// Firewall rules and what they do, in words.
enum FirewallWords {
  /// `nft table ip nat, chain prerouting, handle 4: tcp dport 3699 dnat to 10.0.0.5:80`.
  static func of(_ rule: FirewallRule) -> String {
    var place =
      "\(tool(rule)) table \(rule.tool == .nft ? "\(rule.family.rawValue) " : "")"
      + "\(Escaped.text(rule.table)), chain \(Escaped.text(rule.chain))"
    if let number = rule.number {
      place += rule.tool == .nft ? ", handle \(number)" : ", rule \(number)"
    }
    return "\(place): \(Escaped.text(rule.text))"
  }

  private static func tool(_ rule: FirewallRule) -> String {
    switch rule.tool {
    case .nft: "nft"
    case .iptablesLegacy: rule.family == .ip6 ? "ip6tables-legacy" : "iptables-legacy"
    }
  }

  /// The command that shows a rule's chain, from this process's own namespace.
  static func command(_ rule: FirewallRule, in namespace: NetworkNamespace?) -> String {
    var arguments: [[UInt8]] = []
    func add(_ words: String) { arguments += words.split(separator: " ").map { Array($0.utf8) } }
    if let name = namespace?.name, name.first != UInt8(ascii: "/") {
      add("ip netns exec")
      arguments.append(name)
    } else if let path = namespace?.name {
      arguments += [Array("nsenter".utf8), Array("--net=".utf8) + path]
    } else if let pid = namespace?.memberPID {
      add("nsenter -t \(pid) -n")
    }
    switch rule.tool {
    case .nft:
      add("nft -a list chain \(rule.family.rawValue)")
      arguments += [rule.table, rule.chain]
    case .iptablesLegacy:
      add("\(tool(rule)) -vnL")
      arguments.append(rule.chain)
      add("--line-numbers -t")
      arguments.append(rule.table)
    }
    return "sudo " + Escaped.typed(arguments)
  }

  /// Characters of conditions that a sentence takes.
  private static let longestConditions = 60

  /// `a DNAT rule sends it to 10.0.0.5:80 (container web (docker))`.
  static func of(_ publication: PortPublication) -> String {
    let kind =
      switch publication.kind {
      case .dnat: "a DNAT rule sends it"
      case .redirect: "a redirection sends it"
      case .tproxy: "a TPROXY rule hands it"
      }
    var text = "\(kind) to \(target(publication))"
    if let container = publication.container {
      text += ", container \(ContainerWords.of(container)),"
    }
    if publication.hook == .output { text += " when it comes from this host itself" }
    if !publication.conditions.isEmpty {
      let conditions = publication.conditions.map { Escaped.text($0) }.joined(separator: ", ")
      text += " on conditions" + (conditions.count <= longestConditions ? " (\(conditions))" : "")
    }
    return text.last == "," ? String(text.dropLast()) : text
  }

  private static func target(_ publication: PortPublication) -> String {
    let address = publication.address.flatMap { IPAddress(bytes: $0) }
    switch (address, publication.port) {
    case (let address?, let port?): return Endpoint(address, port).description
    case (let address?, nil): return address.description
    case (nil, let port?):
      return "port \(port)" + (publication.kind == .dnat ? "" : " of this host")
    case (nil, nil): return publication.kind == .dnat ? "where the rule says" : "this host"
    }
  }

  /// Where a publication's rule stands, what it asks for and what may come first.
  static func details(_ publication: PortPublication, in namespace: NetworkNamespace?) -> String {
    var text = of(publication.rule)
    if !publication.conditions.isEmpty {
      let conditions = publication.conditions.map { Escaped.text($0) }.joined(separator: "; ")
      text += "; conditions, not evaluated: \(conditions)"
    }
    if !publication.before.isEmpty {
      text += "; may end otherwise first: " + list(publication.before)
    }
    return text + "; show it: " + command(publication.rule, in: namespace)
  }

  private static func list(_ rules: [FirewallRule]) -> String {
    rules.map { of($0) }.joined(separator: "; ")
  }

  /// What the input hook does with a listener's packets; nil when nobody looked.
  static func of(_ filters: [InputFilter], in namespace: NetworkNamespace?) -> String? {
    let origins = InputFilter.Origin.allCases.filter { one in
      filters.contains { $0.origin == one }
    }
    let texts = origins.map { one in text(filters.filter { $0.origin == one }, in: namespace) }
    guard let first = texts.first else { return nil }
    if texts.allSatisfy({ $0 == first }) { return "local firewall: \(first)" }
    return "local firewall: "
      + zip(origins, texts).map { origin, text in
        "\(origin == .host ? "from this host itself" : "from outside") \(text)"
      }.joined(separator: "; ")
  }

  /// What becomes of packets that come one way in.
  private static func text(_ filters: [InputFilter], in namespace: NetworkNamespace?) -> String {
    let texts = filters.map { of($0, in: namespace) }
    if texts.allSatisfy({ $0 == texts[0] }) { return texts[0] }
    return zip(filters, texts).map { filter, text in
      let address = filter.destination.flatMap { IPAddress(bytes: $0) }
      let kind = address.map { "to \($0)" } ?? (filter.isIPv6 ? "IPv6" : "IPv4")
      return "\(kind) \(text)"
    }.joined(separator: "; ")
  }

  private static func of(_ filter: InputFilter, in namespace: NetworkNamespace?) -> String {
    let what = filter.transport == .tcp ? "a new connection" : "a datagram"
    switch filter.state {
    case .noRules: return "no rules in the input hook"
    case .notDropped: return "no rule in the input hook drops \(what)"
    case .dropped, .rejected:
      let verb = (filter.state == .dropped ? "drops " : "rejects ") + what
      guard let rule = filter.rule else { return verb }
      return "\(verb): \(of(rule)); show it: \(command(rule, in: namespace))"
    case .sentOn: return "sends \(what) on" + (filter.rule.map { ": " + of($0) } ?? "")
    case .notEvaluated:
      if let obstacle = filter.obstacle { return "not read (\(reason(obstacle)))" }
      // What nothing drops for certain may be dropped; of what ends somewhere something may be let in.
      guard let rule = filter.rule else {
        return "may drop \(what), on conditions that were not evaluated: " + list(filter.before)
      }
      return
        "lets in \(what) at most on conditions that were not evaluated: \(list(filter.before)); "
        + "any other ends at \(of(rule))"
    }
  }

  /// Why rules were not read.
  static func reason(_ state: FirewallReading.State) -> String {
    switch state {
    case .read, .absent: "read"
    case .notPermitted: "CAP_NET_ADMIN is missing"
    case .changed: "they changed while they were read"
    case .tooMany: "there are too many"
    case .failed: "the kernel's answer was not understood"
    }
  }
}
