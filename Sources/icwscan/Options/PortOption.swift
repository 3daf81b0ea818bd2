import ArgumentParser

/// `--port`.
struct PortOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Look at another port; registry facts are then not claimed.", valueName: "number"))
  var port: UInt16 = 3699

  mutating func validate() throws {
    guard port != 0 else { throw ValidationError("--port takes 1 to 65535") }
  }
}
