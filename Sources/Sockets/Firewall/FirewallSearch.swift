/// What the packet filter of this network namespace does with a port.
enum FirewallSearch {
  static func findings(port: UInt16, root: String) -> FirewallFindings {
    FirewallFindings()
  }
}
