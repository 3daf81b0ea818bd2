import ArgumentParser
import Glibc

extension ExitStatus: Error {}

extension Output.Failure {
  /// A reader that left is no fault; anything else that output meets is.
  var status: ExitStatus {
    switch self {
    case .closed: return .found
    // What collects output analyses the input again.
    case .tooMuch: return .internal
    case .failed(let number): return Diagnostics.failed("writing to standard output", number)
    case .stalled:
      Diagnostics.say("standard output takes nothing, so what was not written yet is lost")
      return .partial
    }
  }
}

extension Diagnostics {
  /// Says what the system refused and why.
  static func failed(_ what: String, _ number: Int32) -> ExitStatus {
    say("\(what): " + (unsafe String(cString: strerror(number))))
    return .partial
  }
}

extension ParsableArguments {
  /// Leaves with a status.
  static func exit(withCode status: ExitStatus) -> Never {
    Glibc.exit(status.rawValue)
  }
}
