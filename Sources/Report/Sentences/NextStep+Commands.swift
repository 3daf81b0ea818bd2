import Packets

/// Commands that repeat what a run was told.
extension NextStep {
  /// `--port N` where it is not the usual one.
  private static func option(_ port: UInt16) -> String { port == 3699 ? "" : "--port \(port)" }

  /// The same, as the end of a command.
  static func last(_ port: UInt16) -> String { port == 3699 ? "" : " --port \(port)" }

  /// What of a run's choice a command repeats.
  struct Choice: OptionSet {
    let rawValue: Int

    /// The filter of packets.
    static let filter = Choice(rawValue: 1)
    /// The choice of flows by times and ends.
    static let flows = Choice(rawValue: 2)
    /// The choice of flows by verdicts.
    static let classes = Choice(rawValue: 4)
  }

  /// A reading of the run's captures, as one would type it.
  static func analyze(
    _ summary: SummaryRecord, _ flags: String..., port: String? = nil, repeats choice: Choice
  ) -> String {
    let options = summary.options
    let filter = options.filter.map { [RunOptions.Option("-f", $0)] } ?? []
    let chosen =
      options.surroundings + (choice.contains(.filter) ? filter : [])
      + (choice.contains(.flows) ? options.flows : [])
      + (choice.contains(.classes) ? options.classes : [])
    let words =
      ["icwscan analyze"] + flags
      + [port ?? option(summary.port), Escaped.typed(chosen.flatMap(\.words))]
      + [summary.isJoined ? "--join" : "", captures(summary)]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The inputs of the run, as one would type them again where they are few and lie in files.
  private static func captures(_ summary: SummaryRecord) -> String {
    let inputs = summary.inputs
    let isTyped = inputs.count <= mostInputs && inputs.allSatisfy { $0.first != UInt8(ascii: "-") }
    return inputs.isEmpty || !isTyped ? "CAPTURES" : Escaped.typed(inputs)
  }

  /// Inputs that a step names.
  private static let mostInputs = 3

  /// A live capture where this run was, of what it was told to see, as one would type it.
  static func live(_ summary: SummaryRecord, _ flags: String = "") -> String {
    let words = [
      "sudo icwscan live", summary.namespace.map { "--netns " + Escaped.typed([$0]) } ?? "",
      option(summary.port), Escaped.typed(summary.options.surroundings.flatMap(\.words)), flags,
      Escaped.typed(summary.options.filter.map { [$0] } ?? []),
    ]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }
}
