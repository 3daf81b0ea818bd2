/// Why a line of a rule file is no rule.
public struct RuleFault: Error, Hashable, Sendable {
  /// The kinds of faults.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    case unknownWord, noApplication, badName, reservedName, unknownCarrier, noTransport, noNumber
    case numberTooHigh, noValue, badHexadecimal, badText, badMask, tooLong, noCondition
    case tooManyConditions, tooManyRules, tooWeak, tooCostly, fileTooLong, notText
  }

  /// The line, from 1.
  public let line: Int
  /// What is wrong with it.
  public let reason: Reason
  /// The word that is wrong; raw, not escaped.
  public let word: String

  /// A fault.
  public init(_ line: Int, _ reason: Reason, _ word: String = "") {
    self.line = line
    self.reason = reason
    self.word = word
  }
}
