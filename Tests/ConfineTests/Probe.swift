import Glibc

/// One run of the probe: a process that confines itself and tries what a taken-over one would.
struct Probe {
  /// The first word of each attempt's line, by what was tried.
  let attempts: [String: Bool]
  /// The numbers of errno(3) behind what was denied.
  let failures: [String: Int32]
  /// Everything else that it printed, by name.
  let facts: [String: String]
  let status: Int32

  /// Whether something was allowed; nil when the probe did not get so far.
  func allows(_ attempt: String) -> Bool? { attempts[attempt] }

  /// Runs the probe on a folder made for it.
  ///
  /// - Parameter user: another user to run it as, through setpriv.
  init?(
    _ profile: String, names: Bool = false, writes: Bool = false, user: UInt32? = nil
  ) {
    guard let program = Self.program, let folder = Folder() else { return nil }
    let other = Spawn.start(["sleep", "60"])
    guard other > 0 else { return nil }
    defer {
      kill(other, SIGKILL)
      waitpid(other, nil, 0)
    }
    var arguments = [
      program, profile, names ? "names" : "no-names", writes ? folder.inner : "-", folder.inner,
      folder.secret, "\(other)",
    ]
    if let user {
      folder.give(to: user)
      arguments =
        ["setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups"] + arguments
    }
    let (output, status) = Spawn.output(of: arguments)
    var attempts: [String: Bool] = [:]
    var failures: [String: Int32] = [:]
    var facts: [String: String] = [:]
    for line in output.split(separator: "\n") {
      let parts = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? String(parts[1]) : ""
      if line.hasPrefix("allowed ") {
        attempts[String(line.dropFirst(8))] = true
      } else if parts[0].hasPrefix("denied ") {
        attempts[String(parts[0].dropFirst(7))] = false
        failures[String(parts[0].dropFirst(7))] = Int32(value)
      } else {
        facts[String(parts[0])] = value
      }
    }
    self.attempts = attempts
    self.failures = failures
    self.facts = facts
    self.status = status
  }

  /// The probe lies beside the tests.
  private static var program: String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink("/proc/self/exe", &path, path.count - 1)
    let bytes = path.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }
    var candidates: [String] = []
    var folder = bytes[...]
    while let slash = folder.lastIndex(of: UInt8(ascii: "/")) {
      folder = folder[..<slash]
      candidates.append(String(decoding: folder, as: UTF8.self) + "/ConfineProbe")
    }
    candidates += CommandLine.arguments.compactMap { argument in
      argument.lastIndex(of: "/").map { String(argument[..<$0]) + "/ConfineProbe" }
    }
    return candidates.first { unsafe access($0, X_OK) == 0 }
  }
}
