import ArgumentParser
import Glibc
import Report

/// `icwscan doctor`.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "What this host lets icwscan see: each right and facility, what is lost without it, and how to mend it."
  )

  func run() throws {
    var output = Output(flushesEachLine: false)
    let text = TextReport(style: OutputForm().style(on: STDOUT_FILENO))
    let margin = String(repeating: " ", count: 8)
    for check in Diagnosis.all() {
      let head = "\(check.state.rawValue.padded(8))\(check.name.padded(28))\(check.detail)"
      var lines = text.laid(head, indent: 36)
      if check.state != .yes {
        lines += text.laid(margin + "lost without it: " + check.loss, indent: 10)
        if let remedy = check.remedy {
          lines += text.laid(margin + "to mend it: " + remedy, indent: 10)
        }
      }
      for line in lines { try output.line(line) }
    }
    try output.flush()
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
