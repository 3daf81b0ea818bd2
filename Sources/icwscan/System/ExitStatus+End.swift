import ArgumentParser
import Glibc

extension ExitStatus: Error {}

extension Output.Failure {
  /// A reader that left is no fault; anything else that output meets is.
  var status: ExitStatus {
    switch self {
    case .closed: .found
    case .failed(let number):
      Diagnostics.failed("writing to standard output", number)
    case .stalled:
      Diagnostics.partial(
        "standard output takes nothing, so what was not written yet is lost")
    }
  }
}

extension Diagnostics {
  /// Says what is missing.
  static func partial(_ what: String) -> ExitStatus {
    say(what)
    return .partial
  }

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
