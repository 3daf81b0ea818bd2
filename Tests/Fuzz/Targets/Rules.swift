import Packets

@testable import Flows
@testable import Identify
@testable import Report

extension FuzzTarget {
  /// Rule files: every fault is on a line of the file and fit to be told, and a rule that is taken can be asked.
  static let rules = FuzzTarget(name: "rules", longest: 4_096) {
    [
      Array(KnownUsers.text.utf8),
      Array(
        """
        application till # ours
          transport tcp
          over http
          client at 0 hex 54 49 00 07 mask ff ff 00 ff
          client length 8..64
          server in 64 text "READY\\r\\n"
        """.utf8),
    ] + RuleFault.Reason.allCases.map { Array("application a\n \($0.rawValue) \"\\x\n".utf8) }
  } run: { bytes in
    let file = RuleFile(bytes)
    let lines = bytes.count { $0 == 10 } + 1
    for fault in file.faults {
      demand((1...lines).contains(fault.line), "a fault is on a line of the file")
      demandShowable([Words.of(fault)])
    }
    for rule in file.rules {
      demand(!rule.name.contains("icw") && !rule.name.contains("kpn"), "no bytes are KPN's")
      demand((1...RuleLimits.conditions).contains(rule.conditions.count), "conditions are bounded")
    }
    guard file.faults.isEmpty else { return }
    demand(file.rules.count <= RuleLimits.rules, "rules are bounded")
    for talk in talks {
      let found = Identification(of: talk).applying(file.rules, to: talk)
      for ground in found.recognition?.grounds ?? [] {
        demand(
          ground.offset + ground.length <= talk[ground.side].bytes.count,
          "grounds lie in what was said")
      }
    }
  }

  /// What rules are asked about.
  private static let talks: [Conversation] = [
    Conversation(
      transport: .tcp, client: SideBytes(Array("TI\u{1}\u{7} 0123456789".utf8)),
      server: SideBytes(Array("READY\r\n".utf8)), turns: [], knowsClient: false),
    Conversation(transport: .udp, client: SideBytes([0, 1, 2, 3, 4, 5, 6, 7])),
  ]
}
