import Flows
import Packets

/// The grammar of rule files: lines, `#` to a line's end is a comment.
///
///     application NAME
///       transport tcp|udp
///       over NAME
///       client|server at OFFSET hex BYTES [mask BYTES]
///       client|server at OFFSET text "TEXT"
///       client|server in COUNT hex BYTES | text "TEXT"
///       client|server length LEAST[..MOST]
public struct RuleFile: Hashable, Sendable {
  /// The rules in the file's order.
  public private(set) var rules: [UserRule] = []
  /// What is wrong, by line; empty for a good file.
  public private(set) var faults: [RuleFault] = []

  /// A rule that is being read.
  private struct Draft {
    let name: String
    let line: Int
    var transports: Set<Transport> = []
    var carrier: String?
    var conditions: [RuleCondition] = []
  }

  /// Reads a file's bytes.
  public init(_ bytes: [UInt8]) {
    guard bytes.count <= RuleLimits.fileBytes else {
      faults = [RuleFault(1, .fileTooLong)]
      return
    }
    var draft: Draft?
    var steps = 0
    for (index, raw) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      let number = index + 1
      var words = RuleWords(raw, line: number)
      do throws(RuleFault) {
        guard let first = try words.next() else { continue }
        if first == "application" {
          finish(draft, &steps)
          draft = nil
          let name = try Self.name(try words.next(), number)
          draft = Draft(name: name, line: number)
        } else {
          guard draft != nil else { throw RuleFault(number, .noApplication, first) }
          try Self.read(first, &words, into: &draft)
        }
        if let rest = try words.next() { throw RuleFault(number, .unknownWord, rest) }
      } catch {
        if faults.count < 100 { faults.append(error) }
      }
    }
    finish(draft, &steps)
    if rules.count > RuleLimits.rules {
      faults.append(RuleFault(rules[RuleLimits.rules].line, .tooManyRules))
    }
    if steps > RuleLimits.steps, let last = rules.last {
      faults.append(RuleFault(last.line, .tooCostly, last.name))
    }
    faults.sort { $0.line < $1.line }
  }

  private mutating func finish(_ draft: Draft?, _ steps: inout Int) {
    guard let draft else { return }
    guard !draft.conditions.isEmpty else {
      faults.append(RuleFault(draft.line, .noCondition, draft.name))
      return
    }
    guard draft.conditions.count <= RuleLimits.conditions else {
      faults.append(RuleFault(draft.line, .tooManyConditions, draft.name))
      return
    }
    guard draft.conditions.reduce(0, { $0 + $1.bits }) >= RuleLimits.bits else {
      faults.append(RuleFault(draft.line, .tooWeak, draft.name))
      return
    }
    steps += draft.conditions.reduce(0) { $0 + $1.cost }
    guard rules.count <= RuleLimits.rules else { return }
    rules.append(
      UserRule(
        name: draft.name,
        transports: draft.transports.isEmpty ? [.tcp, .udp] : draft.transports,
        carrier: draft.carrier, conditions: draft.conditions, line: draft.line))
  }

  /// A name as verdicts carry it. KPN's format was never published: no bytes may be called its.
  private static func name(_ word: String?, _ line: Int) throws(RuleFault) -> String {
    guard let word, (1...48).contains(word.utf8.count),
      word.utf8.allSatisfy({
        (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || "._-".utf8.contains($0)
      })
    else { throw RuleFault(line, .badName, word ?? "") }
    guard !word.contains("icw"), !word.contains("kpn") else {
      throw RuleFault(line, .reservedName, word)
    }
    return word
  }

  /// What a rule's application can be carried in: whatever is recognised.
  private static let carriers = Set(Recogniser.all.map(\.name))

  private static func read(
    _ first: String, _ words: inout RuleWords, into draft: inout Draft?
  ) throws(RuleFault) {
    let line = words.line
    switch first {
    case "transport":
      guard let word = try words.next(), let transport = Transport(rawValue: word) else {
        throw RuleFault(line, .noTransport)
      }
      draft?.transports.insert(transport)
    case "over":
      let word = try name(try words.next(), line)
      guard carriers.contains(word) else { throw RuleFault(line, .unknownCarrier, word) }
      draft?.carrier = word
    case "client", "server":
      let side = first == "client" ? Side.client : .server
      let demand = try RuleFile.demand(&words)
      draft?.conditions.append(RuleCondition(side: side, demand: demand))
    default: throw RuleFault(line, .unknownWord, first)
    }
  }

  private static func demand(
    _ words: inout RuleWords
  ) throws(RuleFault) -> RuleCondition.Demand {
    let word = try words.next() ?? ""
    switch word {
    case "at":
      let offset = try words.number(most: RuleLimits.offset)
      let (bytes, mask) = try words.value(allowsMask: true)
      return .at(offset: offset, bytes: bytes, mask: mask)
    case "in":
      let count = try words.number(most: RuleLimits.searched)
      let (bytes, _) = try words.value(allowsMask: false)
      guard bytes.count <= count else { throw RuleFault(words.line, .tooLong) }
      return .within(count: count, bytes: bytes)
    case "length": return .length(try words.range())
    default: throw RuleFault(words.line, .unknownWord, word)
    }
  }
}
