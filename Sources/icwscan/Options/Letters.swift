/// tcpdump's short options, taken apart before the parsing library sees them: `-nvvX` becomes `-n -v -v -X`, and
/// `-nieth0` becomes `-n -i eth0`, wherever in a bundle the letter with a value stands.
enum Letters {
  /// Letters without a value.
  static let plain = Set("DUlpnexXAtvqdh0")
  /// Letters that take one, joined or as the next word.
  static let valued = Set("icsBwQrfCGWzZ")

  /// The arguments with every known bundle taken apart; a bundle with an unknown letter stays as it is, for the
  /// parsing library to name. Nothing behind `--` is touched.
  static func expand(_ arguments: [String]) -> [String] {
    var expanded: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" { return expanded + [argument] + rest }
      guard let parts = parts(of: argument) else {
        expanded.append(argument)
        continue
      }
      expanded += parts.words
      // The value of the last letter is the next word, whatever it looks like.
      if parts.wantsValue, let value = rest.popFirst() { expanded.append(value) }
    }
    return expanded
  }

  private static func parts(of argument: String) -> (words: [String], wantsValue: Bool)? {
    guard argument.hasPrefix("-"), !argument.hasPrefix("--"), argument.count > 1 else { return nil }
    var words: [String] = []
    var letters = argument.dropFirst()
    while let letter = letters.popFirst() {
      guard plain.contains(letter) || valued.contains(letter) else { return nil }
      words.append("-\(letter)")
      if valued.contains(letter) {
        guard !letters.isEmpty else { return (words, true) }
        words.append(String(letters))
        return (words, false)
      }
    }
    return (words, false)
  }
}
