/// What the host's files and rules say of a port, whatever sockets there are.
struct HostConfiguration: Sendable {
  /// The socket units that name it; none when nobody looked.
  var units: [UnitClaim] = []
  /// The firewall's rules in this process's own network namespace; nil when nobody looked.
  var firewall: FirewallReading?

  /// Reads what the options ask for.
  static func read(port: UInt16, options: SurveyOptions) -> HostConfiguration {
    var configuration = HostConfiguration()
    if options.readsConfiguration {
      configuration.units = UnitSearch.claims(
        port: port, in: UnitDirectories(root: options.root))
    }
    if options.readsFirewall, let proc = try? options.proc.open() {
      configuration.firewall = FirewallSurvey.own(port: port, in: proc)
    }
    return configuration
  }
}
