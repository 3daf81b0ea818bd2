public import ArgumentParser
public import Report

extension Grouping.Key: ExpressibleByArgument {}

/// Flows added up instead of told one by one.
struct GroupingOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Add flows up by application, server, client or day instead of telling each.",
      valueName: "key"))
  var groupBy: Grouping.Key?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Of the groups, only so many, those with the most flows first.", valueName: "count"))
  var top: Int?

  mutating func validate() throws {
    guard let top else { return }
    guard top > 0 else { throw ValidationError("--top takes a count of at least 1, not \(top)") }
    if groupBy == nil { throw ValidationError("--top belongs to --group-by: say by what") }
  }

  /// What flows are added up by; nil when they are told one by one.
  var grouping: Grouping? { groupBy.map { Grouping(by: $0, top: top) } }
}
