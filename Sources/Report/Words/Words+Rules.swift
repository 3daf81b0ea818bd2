public import Identify

extension Words {
  /// What is wrong with a line of a rule file, with the word that is wrong, escaped.
  public static func of(_ fault: RuleFault) -> String {
    let word = fault.word.isEmpty ? "" : ": " + Escaped.cut(Escaped.text(fault.word), to: 64)
    return of(fault.reason) + word
  }

  private static func of(_ reason: RuleFault.Reason) -> String {
    switch reason {
    case .unknownWord: "a word that is not expected here"
    case .noApplication: "a condition before any application line"
    case .badName: "a name has up to 48 characters of a-z, 0-9, dot, hyphen and underscore"
    case .reservedName:
      "no bytes are known to be KPN's or Internet Call Waiting's; choose another name"
    case .unknownCarrier: "over is followed by a name of icwscan protocols"
    case .noTransport: "the transport is tcp or udp"
    case .noNumber: "a decimal number is expected, or for a length two with .. between them"
    case .numberTooHigh: "the number is too high"
    case .noValue: "hex or text is expected"
    case .badHexadecimal: "pairs of hexadecimal digits are expected"
    case .badText:
      "text stands between quotes; a backslash is followed by r, n, t, 0, \\, \" or xHH"
    case .badMask: "the mask has as many bytes as the value, not all zero"
    case .tooLong: "the value is too long"
    case .noCondition: "an application without a condition"
    case .tooManyConditions: "more than \(RuleLimits.conditions) conditions"
    case .tooManyRules: "more than \(RuleLimits.rules) applications"
    case .tooWeak: "the conditions fix fewer than \(RuleLimits.bits) bits: chance would meet them"
    case .tooCostly: "the conditions up to here search too many bytes"
    case .fileTooLong: "the file is longer than \(RuleLimits.fileBytes) bytes"
    case .notText: "not printable ASCII"
    }
  }
}
