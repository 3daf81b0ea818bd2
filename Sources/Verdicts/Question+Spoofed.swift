import Flows
import Identify

extension Question {
  /// (2) A server that contradicts itself from connection to connection is no application that it pretends to be. A
  /// connection on which it really talked keeps the name of what was talked.
  func spoofed() -> Verdict? {
    guard let contradiction = context.companions.contradiction, role.role != .client,
      !Greeting.isDialogue(flow, identification.recognition)
    else { return nil }
    let detail =
      switch contradiction {
      case .protocols(let names): "it greeted as \(names.joined(separator: " and as "))"
      case .banners(let count): "unlike greetings on \(count) connections"
      }
    var evidence = [
      Evidence(.spoofer, detail: detail, packet: flow.firstPacket.number, side: .server)
    ]
    if let recognition = identification.recognition { evidence += grounds(of: recognition) }
    return Verdict(.otherApplication, role: role.role, evidence: evidence, missing: gaps)
  }
}
