import Packets
import Sockets

/// Firewall rules in words.
enum FirewallWords {
  /// `172.17.0.2 port 80, container web (docker)`.
  static func target(_ translation: FirewallFindings.Translation) -> String {
    var parts: [String] = []
    if let address = IPAddress(bytes: translation.address) { parts.append(address.description) }
    if let port = translation.port { parts.append("port \(port)") }
    let place = parts.isEmpty ? "another address" : parts.joined(separator: " ")
    return place + (translation.container.map { ", container " + ContainerWords.of($0) } ?? "")
  }
}
