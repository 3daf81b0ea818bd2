import ArgumentParser

/// `--port`.
struct PortOption: ParsableArguments {
  /// The port that is looked at unless another is named.
  static let standard: UInt16 = 3699

  /// Whatever comes next is the value, so that one that begins with a dash is named instead of missed.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Look at another port; registry facts are then not claimed. (default: 3699)",
      valueName: "number"),
    transform: Self.number)
  var port: UInt16 = Self.standard

  private static func number(_ text: String) throws -> UInt16 {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(text),
      number != 0
    else { throw ValidationError("a port is a number from 1 to 65535") }
    return number
  }
}
