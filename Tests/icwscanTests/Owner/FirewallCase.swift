import Testing

/// Rules that real tools make, and what they mean for port 3699.
struct FirewallCase: Sendable, CustomTestStringConvertible {
  var name: String
  /// Shell commands that make the rules.
  var commands: String
  /// `tcp dnat 10.0.0.5 80`, with `?` where conditions are not evaluated.
  var publications: [String] = []
  /// States of TCP over IPv4 and IPv6, UDP over both, for what comes from outside, where they are not `no-rules`.
  var filters: [String]?
  /// The same for what comes from the host itself, where it differs.
  var host: [String]?
  /// What the rule that drops, or the first that sends on, says.
  var rule: String?
  /// A command that fails where the kernel lacks what it takes.
  var trial: String?
  var testDescription: String { name }

  static let isPermitted =
    Stage.isPermitted && ["nft", "iptables-nft", "iptables-legacy"].allSatisfy(Place.has)
  /// What has to be there.
  static let missing = Stage.needs + ", nft, iptables-nft and iptables-legacy"

  static let nat =
    "nft 'add table ip t; add chain ip t c { type nat hook prerouting priority dstnat; }';"
  static let input =
    "nft 'add table inet t; add chain inet t c { type filter hook input priority 0; }';"

  /// No rule for anything.
  private static let none = ["no-rules", "no-rules", "no-rules", "no-rules"]

  static let all = [
    FirewallCase(
      name: "dnat", commands: nat + "nft add rule ip t c tcp dport 3699 dnat to 10.0.0.5:80",
      publications: ["tcp dnat 10.0.0.5 80"],
      filters: ["sent-on", "no-rules", "no-rules", "no-rules"], host: none,
      rule: "tcp dport 3699 dnat to 10.0.0.5:80"),
    FirewallCase(
      name: "dnat of another port",
      commands: nat + "nft add rule ip t c tcp dport 3698 dnat to 10.0.0.5:80"),
    FirewallCase(
      name: "dnat of everything from one network",
      commands: nat + "nft add rule ip t c ip saddr 192.0.2.0/24 dnat to 10.0.0.5",
      publications: ["tcp dnat 10.0.0.5 - ?", "udp dnat 10.0.0.5 - ?"]),
    FirewallCase(
      name: "redirect with a set of ports",
      commands: nat + "nft 'add rule ip t c udp dport { 53, 3690-3700 } redirect to :5353'",
      publications: ["udp redirect - 5353"],
      filters: ["no-rules", "no-rules", "sent-on", "no-rules"], host: none,
      rule: "udp dport { 53, 3690-3700 } redirect to :5353"),
    FirewallCase(
      name: "dnat over IPv6",
      commands:
        "nft 'add table ip6 t; add chain ip6 t c { type nat hook prerouting priority dstnat; }'; "
        + "nft 'add rule ip6 t c tcp dport 3699 dnat to [2001:db8::5]:80'",
      publications: ["tcp dnat 2001:db8::5 80"],
      filters: ["no-rules", "sent-on", "no-rules", "no-rules"], host: none,
      rule: "tcp dport 3699 dnat to [2001:db8::5]:80"),
    FirewallCase(
      name: "tproxy",
      commands:
        "nft 'add table ip t; add chain ip t c { type filter hook prerouting priority mangle; }'; "
        + "nft 'add rule ip t c tcp dport 3699 tproxy to :50080 meta mark set 1 accept'",
      publications: ["tcp tproxy - 50080"],
      filters: ["sent-on", "no-rules", "no-rules", "no-rules"], host: none),
    FirewallCase(
      name: "sent on by some, dropped by the rest of the rules",
      commands: nat
        + "nft add rule ip t c fib daddr type local tcp dport 3699 dnat to 10.0.0.5:80; "
        + input + "nft 'add chain inet t c { policy drop; }'",
      publications: ["tcp dnat 10.0.0.5 80 ?"],
      filters: ["not-evaluated", "dropped", "dropped", "dropped"],
      host: ["dropped", "dropped", "dropped", "dropped"],
      rule: "fib daddr type local tcp dport 3699 dnat to 10.0.0.5:80"),
    FirewallCase(
      name: "iptables-nft, what is not tracked",
      commands: "iptables-nft -t raw -A PREROUTING -p tcp --dport 3699 -j CT --notrack; "
        + "iptables-nft -A INPUT -m conntrack --ctstate UNTRACKED,ESTABLISHED -j ACCEPT; "
        + "iptables-nft -P INPUT DROP",
      filters: ["not-evaluated", "no-rules", "dropped", "no-rules"]),
    FirewallCase(
      name: "a queue on conditions",
      commands: input + "nft add rule inet t c meta mark 1 tcp dport 3699 queue",
      filters: ["not-evaluated", "not-evaluated", "not-dropped", "not-dropped"],
      trial: input + "nft add rule inet t c queue"),
    FirewallCase(
      name: "drop", commands: input + "nft add rule inet t c tcp dport 3699 counter drop",
      filters: ["dropped", "dropped", "not-dropped", "not-dropped"],
      rule: "tcp dport 3699 counter drop"),
    FirewallCase(
      name: "reject behind an accept of another port",
      commands: input + "nft add rule inet t c tcp dport 22 accept; "
        + "nft add rule inet t c tcp dport 3000-4000 reject",
      filters: ["rejected", "rejected", "not-dropped", "not-dropped"]),
    FirewallCase(
      name: "a drop behind a condition",
      commands: input + "nft add rule inet t c ct state established,related accept; "
        + "nft add rule inet t c ip saddr 192.0.2.0/24 accept; "
        + "nft add rule inet t c tcp dport 3699 drop",
      filters: ["not-evaluated", "dropped", "not-dropped", "not-dropped"],
      rule: "tcp dport 3699 drop"),
    FirewallCase(
      name: "the usual host: what is known and the loopback come in, the rest does not",
      commands: input + "nft add rule inet t c ct state established,related accept; "
        + "nft add rule inet t c ct state invalid drop; nft add rule inet t c iif lo accept; "
        + "nft add rule inet t c tcp dport 22 accept; nft 'add chain inet t c { policy drop; }'",
      filters: ["dropped", "dropped", "dropped", "dropped"],
      host: ["not-dropped", "not-dropped", "not-dropped", "not-dropped"], rule: "policy drop"),
    FirewallCase(
      name: "a map of states, and segments that open no connection",
      commands: input
        + "nft 'add rule inet t c ct state vmap { established : accept, invalid : drop }'; "
        + "nft 'add rule inet t c tcp flags & (fin | syn | rst | ack) != syn ct state new drop'; "
        + "nft 'add rule inet t c iifname \"lo\" udp dport 3699 drop'",
      filters: ["not-dropped", "not-dropped", "not-dropped", "not-dropped"],
      host: ["not-dropped", "not-dropped", "dropped", "dropped"],
      rule: "iifname \"lo\" udp dport 3699 drop"),
    FirewallCase(
      name: "what is not tracked has no state that is known",
      commands: input + "nft 'add chain inet t raw { type filter hook prerouting priority raw; }'; "
        + "nft add rule inet t raw tcp dport 3699 notrack; "
        + "nft add rule inet t c ct state new tcp dport 3699 drop; "
        + "nft add rule inet t c ct state new udp dport 3699 drop",
      filters: ["not-evaluated", "not-evaluated", "dropped", "dropped"]),
    FirewallCase(
      name: "iptables-legacy, states, the loopback and the flags",
      commands: "iptables-legacy -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT; "
        + "iptables-legacy -A INPUT -m state --state INVALID -j DROP; "
        + "iptables-legacy -A INPUT -i lo -j ACCEPT; "
        + "iptables-legacy -A INPUT -p tcp ! --syn -j ACCEPT; iptables-legacy -P INPUT DROP",
      filters: ["dropped", "no-rules", "dropped", "no-rules"],
      host: ["not-dropped", "no-rules", "not-dropped", "no-rules"], rule: "policy DROP",
      trial: "iptables-legacy -L -n"),
    FirewallCase(
      name: "a drop with a limit",
      commands: input + "nft add rule inet t c tcp dport 3699 limit rate 5/second drop",
      filters: ["not-evaluated", "not-evaluated", "not-dropped", "not-dropped"]),
    FirewallCase(
      name: "policy drop with an accept in front",
      commands: input + "nft add rule inet t c tcp dport 3699 accept; "
        + "nft 'add chain inet t c { policy drop; }'",
      filters: ["not-dropped", "not-dropped", "dropped", "dropped"], rule: "policy drop"),
    FirewallCase(
      name: "a set with intervals",
      commands: input
        + "nft 'add set inet t s { type inet_service; flags interval; elements = { 1-100, 3600-3699 }; }'; "
        + "nft add rule inet t c udp dport @s drop",
      filters: ["not-dropped", "not-dropped", "dropped", "dropped"], rule: "udp dport @s drop"),
    FirewallCase(
      name: "a set that ends in front of the port",
      commands: input
        + "nft 'add set inet t s { type inet_service; flags interval; elements = { 1-100, 3600-3698, 3700-3800 }; }'; "
        + "nft add rule inet t c tcp dport @s drop",
      filters: ["not-dropped", "not-dropped", "not-dropped", "not-dropped"]),
    FirewallCase(
      name: "a verdict map, a jump and a return",
      commands: input + "nft add chain inet t a; nft add chain inet t b; "
        + "nft 'add rule inet t c tcp dport vmap { 22 : accept, 3699 : jump a }'; "
        + "nft add rule inet t a tcp dport 1-3699 jump b; nft add rule inet t a drop; "
        + "nft add rule inet t b return; nft add rule inet t b accept",
      filters: ["dropped", "dropped", "not-dropped", "not-dropped"], rule: "drop"),
    FirewallCase(
      name: "a concatenation with intervals",
      commands: input
        + "nft 'add set inet t s { type inet_proto . inet_service; flags interval; elements = { tcp . 3000-4000 }; }'; "
        + "nft 'add rule inet t c meta l4proto . th dport @s drop'",
      filters: ["dropped", "dropped", "not-dropped", "not-dropped"]),
    FirewallCase(
      name: "every packet dropped in one of two chains",
      commands: input
        + "nft 'add chain inet t d { type filter hook input priority 10; }'; nft add rule inet t c iif lo accept; "
        + "nft add rule inet t d drop",
      filters: ["dropped", "dropped", "dropped", "dropped"], rule: "drop"),
    FirewallCase(
      name: "dropped in the hook before",
      commands: input + "nft add rule inet t c tcp dport 3699 accept; "
        + "nft 'add chain inet t raw { type filter hook prerouting priority raw; }'; "
        + "nft add rule inet t raw tcp dport 3699 drop; nft add rule inet t raw udp dport 3699 iif lo drop",
      filters: ["dropped", "dropped", "not-dropped", "not-dropped"],
      host: ["dropped", "dropped", "dropped", "dropped"], rule: "tcp dport 3699 drop"),
    FirewallCase(
      name: "sent on before another chain would drop it",
      commands: nat + "nft add rule ip t c tcp dport 3699 redirect to :80; "
        + "nft 'add chain ip t late { type filter hook prerouting priority 0; }'; "
        + "nft add rule ip t late tcp dport 3699 drop",
      publications: ["tcp redirect - 80"],
      filters: ["sent-on", "no-rules", "no-rules", "no-rules"],
      host: ["dropped", "no-rules", "no-rules", "no-rules"]),
    FirewallCase(
      name: "iptables-nft, DROP in the table raw",
      commands: "iptables-nft -t raw -A PREROUTING -p udp --dport 3699 -j DROP",
      filters: ["no-rules", "no-rules", "dropped", "no-rules"]),
    FirewallCase(
      name: "iptables-nft, DNAT through a chain as Docker's",
      commands: "iptables-nft -t nat -N DOCKER; "
        + "iptables-nft -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER; "
        + "iptables-nft -t nat -A DOCKER ! -i docker0 -p tcp -m tcp --dport 3699 "
        + "-j DNAT --to-destination 172.17.0.2:80",
      publications: ["tcp dnat 172.17.0.2 80 ?"]),
    FirewallCase(
      name: "iptables-nft, multiport DROP",
      commands:
        "iptables-nft -A INPUT -p tcp -m multiport --dports 22,3690:3700 -m comment --comment hi -j DROP",
      filters: ["dropped", "no-rules", "not-dropped", "no-rules"]),
    FirewallCase(
      name: "iptables-nft, policy DROP",
      commands: "iptables-nft -P INPUT DROP; ip6tables-nft -P INPUT DROP",
      filters: ["dropped", "dropped", "dropped", "dropped"], rule: "policy drop"),
    FirewallCase(
      name: "iptables-legacy, REDIRECT and REJECT",
      commands:
        "iptables-legacy -t nat -A PREROUTING -p udp --dport 3699 -j REDIRECT --to-ports 53; "
        + "iptables-legacy -A INPUT -p tcp --dport 3699 -j REJECT",
      publications: ["udp redirect - 53"],
      filters: ["rejected", "no-rules", "sent-on", "no-rules"],
      host: ["rejected", "no-rules", "not-dropped", "no-rules"], trial: "iptables-legacy -L -n"),
    FirewallCase(
      name: "iptables-legacy, a chain of its own",
      commands: "iptables-legacy -N own; iptables-legacy -A INPUT -p tcp -g own; "
        + "iptables-legacy -A own -p tcp --dport 1:100 -j RETURN; iptables-legacy -A own -j DROP",
      filters: ["dropped", "no-rules", "not-dropped", "no-rules"], trial: "iptables-legacy -L -n"),
  ]
}
