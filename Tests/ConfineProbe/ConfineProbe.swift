import Confine
import Glibc

// Applies a profile to itself, tries what a taken-over process would try, and prints one line for each.
// Arguments: the profile, "names" or "no-names", a directory that may be written or "-", a directory for the attempts,
// a file that only root may read, and the number of another process.

@main struct ConfineProbe {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 7, let other = Int32(arguments[6]) else { exit(64) }
    switch arguments[1] {
    case "analysis-without-landlock": OldKernel.restart(without: "landlock_create_ruleset")
    case "analysis-without-seccomp": OldKernel.restart(without: "seccomp")
    default: break
    }
    let writable = arguments[3] == "-" ? nil : arguments[3]
    let names = arguments[2] == "names"
    let attempts = Attempts(directory: arguments[4], secret: arguments[5], other: other)
    attempts.before()
    let report =
      switch arguments[1] {
      case "helper":
        Confinement.helper(opensFiles: writable != nil, signalled: nil).apply()
      case "parser":
        ParserConfinement(
          account: Privileges.unprivileged, readOnly: [attempts.closed], signalAtParentsEnd: SIGTERM
        ).apply()
      default:
        Confinement.analysis(allowsSockets: names, writableDirectory: writable).apply()
      }
    for layer in ConfinementReport.Layer.allCases {
      print("layer \(layer): \(report.outcomes[layer].map { "\($0)" } ?? "absent")")
    }
    print("kept: \(report.keptCapabilities.map { "\($0)" }.joined(separator: " "))")
    print("landlock: \(report.landlockVersion ?? 0)")
    print("threads: \(report.otherThreads ?? -1)")
    attempts.after()
  }
}
