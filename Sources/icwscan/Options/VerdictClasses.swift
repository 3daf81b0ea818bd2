import ArgumentParser
import Verdicts

/// A comma-separated list of verdict classes.
struct VerdictClasses: ExpressibleByArgument, Sendable {
  let classes: Set<VerdictClass>

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let classes = names.compactMap(VerdictClass.init(rawValue:))
    guard classes.count == names.count else { return nil }
    self.classes = Set(classes)
  }

  static var allValueStrings: [String] { VerdictClass.allCases.map(\.rawValue) }
}
