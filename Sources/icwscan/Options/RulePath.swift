import ArgumentParser
import Captures
import Glibc
import Identify
import Report

/// The rules of a run: a file named, or the one in its usual place, and then the known users of the port.
enum RulePath {
  /// All rules, the operator's first.
  ///
  /// - Throws: `ValidationError` that names the file and the first line that is wrong.
  static func rules(_ named: String?) throws -> [UserRule] {
    if let named { return try read(named, mustExist: true) + KnownUsers.rules }
    for path in usual {
      let found = try read(path, mustExist: false)
      if !found.isEmpty { return found + KnownUsers.rules }
    }
    return KnownUsers.rules
  }

  /// Where a file is looked for: the user's configuration, then the system's.
  static var usual: [String] {
    let home = Environment.value("HOME").map { $0 + "/.config" }
    let own = Environment.value("XDG_CONFIG_HOME") ?? home
    return [own, "/etc"].compactMap { $0 }.filter { $0.hasPrefix("/") }.map {
      $0 + "/icwscan/rules"
    }
  }

  private static func read(_ path: String, mustExist: Bool) throws -> [UserRule] {
    switch WholeFile.read(path, most: RuleLimits.fileBytes + 1) {
    case .success(let bytes):
      let file = RuleFile(bytes)
      if let fault = file.faults.first {
        let place = "\(Escaped.path(path)) line \(fault.line): \(Words.of(fault))"
        guard mustExist else {
          Diagnostics.say("\(place), so its names are not used (icwscan rules check tells all)")
          return []
        }
        throw ValidationError("--rules: \(place)")
      }
      return file.rules
    case .failure(let failure):
      if !mustExist {
        // Nobody has to have one; one that is there and can't be read would name less than its author expects. (A home
        // that is another user's can't even be looked into.)
        if unsafe access(RawPath.terminated(path), F_OK) == 0 {
          Diagnostics.say(
            "can't read \(Escaped.path(path)), so its names are not used: \(failure.text)"
          )
        }
        return []
      }
      throw ValidationError(
        "--rules: can't read \(Escaped.path(path)): \(failure.text)")
    }
  }
}
