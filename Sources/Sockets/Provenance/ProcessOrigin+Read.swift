extension ProcessOrigin {
  private static let cronNames = ["cron", "crond", "anacron", "fcron", "dcron", "cronie"]

  /// Who or what started a process, by what was read of it; nil when nothing tells.
  static func of(
    _ process: ProcessIdentity, _ provenance: Provenance, environment: ProcessEnvironment,
    units: UnitDirectories
  ) -> ProcessOrigin? {
    if provenance.container != nil { return .container }
    for ancestor in provenance.ancestors {
      guard let executable = ancestor.executable else { continue }
      let name = Array(executable.split(separator: UInt8(ascii: "/")).last ?? [])
      let text = String(decoding: name, as: UTF8.self)
      if text == "sshd" || text == "sshd-session" || text == "dropbear" {
        // Four fields: the client's address and port, the server's address and port.
        let client = environment.value(of: "SSH_CONNECTION").map { value in
          Array(value.prefix { $0 != 0x20 })
        }
        return .ssh(client: client)
      }
      if cronNames.contains(text) { return .cron(name) }
      if text == "atd" { return .at }
    }
    if let terminal = provenance.terminal { return .terminal(terminal) }
    guard let unit = process.unit else { return nil }
    if let timer = units.timer(of: unit) { return .timer(unit: unit, timer: timer) }
    return .unit(unit)
  }
}
