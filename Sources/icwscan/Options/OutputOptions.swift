import ArgumentParser

/// How findings are shown: shared by `live`, `analyze` and `owner`.
struct OutputOptions: ParsableArguments {
  @Flag(name: .long, help: "Write one JSON record a line instead of text.")
  var json = false

  @Flag(
    name: .long,
    help:
      "Show under each verdict its evidence, what else fits and what is missing (--json always does)."
  )
  var explain = false

  @Option(name: .long, help: ArgumentHelp("Colour: auto, always or never.", valueName: "when"))
  var color: ColourChoice = .auto

  @Flag(
    name: .long,
    help: "Look up names of addresses (makes network requests); numbers are the default.")
  var resolve = false

  @Flag(name: .short, help: "Numbers instead of names: the default; cancels --resolve.")
  var n: Int

  /// All of them as values.
  var form: OutputForm {
    OutputForm(isJSON: json, explain: explain, colour: color, resolves: resolves)
  }

  /// Whether names are looked up.
  var resolves: Bool { resolve && n == 0 }
}
