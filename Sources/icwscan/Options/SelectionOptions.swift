import ArgumentParser
import CallWaiting
import Identify
import Packets
import Report
import Verdicts

/// Which flows are told of, counted and written.
struct SelectionOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only flows that go on at or after this time: 2003-05-01 or 2003-05-01T10:00:00Z; UTC where no offset is told.",
      valueName: "time"), transform: moment)
  var since: Timestamp?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only flows that begin before this time; a day is its first moment.", valueName: "time"),
    transform: moment)
  var until: Timestamp?

  @Option(
    name: .long, help: ArgumentHelp("Only flows of these classes.", valueName: "class,..."),
    completion: Completions.classes)
  var verdict: VerdictClasses?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only flows of these applications (see icwscan protocols).", valueName: "name,..."),
    completion: Completions.applications)
  var application: NameList?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only flows with an end at this address or in this block; repeatable.",
      valueName: "address|prefix"))
  var host: [Prefix] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only the flow with this Community ID (network.community_id); repeatable.",
      valueName: "id"))
  var flow: [String] = []

  mutating func validate() throws {
    if let since, let until, since >= until {
      throw ValidationError("--since has to lie before --until")
    }
    for identifier in flow where !FlowRecord.isCommunityID(identifier) {
      throw ValidationError(
        "--flow: \(Escaped.text(identifier)) is no Community ID such as 1:LQU9qZlK+B5F3KDmev6m5PMibrg="
      )
    }
  }

  private static func moment(_ text: String) throws -> Timestamp {
    guard let time = Timestamp(text) else {
      throw ValidationError(
        "\(Escaped.text(text)) is no time such as 2003-05-01 or 2003-05-01T10:00:00Z")
    }
    return time
  }

  /// The choice in words, the same for the same choice.
  var words: [String] {
    var words: [String] = []
    if let since { words.append("since \(since.nanoseconds)") }
    if let until { words.append("until \(until.nanoseconds)") }
    words += (verdict?.classes ?? []).map { "verdict \($0.rawValue)" }.sorted()
    words += Set(application?.names ?? []).map { "application \($0)" }.sorted()
    words += Set(host).map { "host \($0)" }.sorted()
    words += Set(flow).map { "flow \($0)" }.sorted()
    return words
  }

  /// The choice by times, ends and identifiers, as one would type it again.
  var typed: [RunOptions.Option] {
    [
      since.map { .init("--since", typed: RunOptions.moment($0)) },
      until.map { .init("--until", typed: RunOptions.moment($0)) },
    ].compactMap(\.self)
      + host.map { .init("--host", typed: $0.description, placeholder: "ADDRESS") }
      + flow.map { .init("--flow", typed: $0, placeholder: "ID") }
  }

  /// The choice by verdicts, as one would type it again.
  var typedClasses: [RunOptions.Option] {
    let classes = (verdict?.classes ?? []).map(\.rawValue).sorted().joined(separator: ",")
    return [
      classes.isEmpty ? nil : .init("--verdict", typed: classes),
      application.map { .init("--application", typed: $0.names.joined(separator: ",")) },
    ].compactMap(\.self)
  }

  /// Whether nothing is left out.
  var isAll: Bool {
    since == nil && until == nil && !needsVerdict && host.isEmpty && flow.isEmpty
  }

  /// Whether a verdict decides.
  var needsVerdict: Bool { verdict != nil || application != nil }

  /// The selection; `rules` are the operator's, which may name applications of their own.
  func selection(rules: [UserRule]) throws -> Selection {
    let names = (application?.names ?? []).map { name in
      // The lines print `SSH` for `ssh`.
      Self.isKnown(name, rules) ? name : name.lowercased()
    }
    for name in names where !Self.isKnown(name, rules) {
      throw ValidationError(
        "--application: none is called \(Escaped.text(name)): icwscan protocols lists them")
    }
    return Selection(
      since: since, until: until, classes: verdict?.classes,
      applications: application.map { _ in Set(names) },
      hosts: host, communityIDs: Set(flow))
  }

  private static func isKnown(_ name: String, _ rules: [UserRule]) -> Bool {
    Recogniser.all.contains { $0.name == name } || rules.contains { $0.name == name }
      || Call.Carrier(rawValue: name) != nil
  }
}
