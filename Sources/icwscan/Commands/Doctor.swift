import ArgumentParser
import Report

/// `icwscan doctor`.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "What this host lets icwscan see: each right and facility, what is lost without it, and how to mend it."
  )

  func run() throws {
    var output = Output(flushesEachLine: false)
    for check in Diagnosis.all() {
      try output.line("\(check.state.rawValue.padded(8))\(check.name.padded(28))\(check.detail)")
      if check.state != .yes {
        try output.line(String(repeating: " ", count: 8) + "lost without it: " + check.loss)
        if let remedy = check.remedy {
          try output.line(String(repeating: " ", count: 8) + "to mend it: " + remedy)
        }
      }
    }
    try output.flush()
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
