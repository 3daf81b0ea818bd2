import Packets
import Sockets

extension TextReport {
  /// What sends the port's packets somewhere else, and which rules could not be read.
  func firewalls(_ survey: PortSurvey, port: UInt16) -> [String] {
    var lines: [String] = []
    for reading in survey.firewalls {
      let place = reading.namespace.map { " in \(ContainerWords.of($0))" } ?? ""
      for publication in reading.publications {
        let subject = "\(port)/\(publication.transport.rawValue)\(place)"
        let what = FirewallWords.of(publication)
        let details = FirewallWords.details(publication, in: reading.namespace)
        lines.append(
          publication.isForPort
            ? "\(subject): \(what): \(details)"
            : "\(subject): not evaluated: \(what), with others: \(details)")
      }
      let inode = reading.namespace?.inode
      let filters = survey.sockets.filter {
        ($0.namespace?.isOwn == false ? $0.namespace?.inode : nil) == inode
      }.flatMap(\.inputFilters)
      let told = Set(filters.flatMap { $0.before + ($0.rule.map { [$0] } ?? []) })
      // What a listener's line does not say: of addresses where nobody listens, or where it does not matter.
      for rule in reading.refusals where !told.contains(rule) {
        lines.append("a firewall rule\(place) on port \(port): \(FirewallWords.of(rule))")
      }
      guard let obstacle = reading.obstacle else { continue }
      var line =
        "firewall rules\(place) were not read (\(FirewallWords.reason(obstacle))): "
        + "a port that they publish without a listener stays unseen"
      if let remedy = Words.remedy(
        obstacle, port: port, gainsNothingFromSudo: survey.gainsNothingFromSudo)
      {
        line += "; try: \(remedy)"
      }
      lines.append(line)
    }
    return lines
  }
}
