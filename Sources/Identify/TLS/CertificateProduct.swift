/// Products whose servers make their own certificates, told by the names in them.
enum CertificateProduct {
  /// The product that these names are of; nil when they are nobody's in particular.
  static func name(subject: String, issuer: String) -> String? {
    // Tor's relays call themselves by names drawn anew: 8 to 20 letters and digits of Base32 (tor's tortls.c). Others may
    // do so too, so this is no more than a hint.
    if isDrawn(subject, end: ".net"), isDrawn(issuer, end: ".com") {
      return relay
    }
    if subject.hasSuffix(".plex.direct") { return plex }
    return names.first { $0.name == subject || $0.name == issuer }?.product
  }

  /// Every product that these names may tell.
  static var allNames: [String] { names.map(\.product) + [relay, plex] }

  private static let relay = "perhaps a Tor relay"
  private static let plex = "Plex"

  private static let names: [(name: String, product: String)] = [
    ("AnyDesk Client", "AnyDesk"), ("AnyNet Relay", "AnyDesk"), ("AnyNet Root CA", "AnyDesk"),
    ("Chromecast ICA 3", "Chromecast"), ("kubernetes", "Kubernetes API"),
    ("etcd-ca", "etcd"), ("Proxmox Virtual Environment", "Proxmox VE"), ("UniFi", "UniFi"),
    ("syncthing", "Syncthing"),
  ]

  /// Whether a host name is `www.`, 8 to 20 characters of Base32, and this end.
  private static func isDrawn(_ name: String, end: String) -> Bool {
    guard name.hasPrefix("www."), name.hasSuffix(end) else { return false }
    let middle = name.utf8.dropFirst(4).dropLast(end.utf8.count)
    return (8...20).contains(middle.count)
      && middle.allSatisfy { (0x61...0x7a).contains($0) || (0x32...0x37).contains($0) }
      // A word of letters alone is somebody's site.
      && middle.contains { (0x32...0x37).contains($0) }
  }
}
