import CLinux
import Glibc

extension NFTablesMachine {
  /// `cmp`: a register against a value, byte by byte as memcmp does.
  mutating func compare(_ data: NFTablesAttributes) {
    let register = data.number(NFTA_CMP_SREG)
    guard let wanted = data.nested(NFTA_CMP_DATA)[NFTA_DATA_VALUE], let operation = operation(data),
      let value = registers.value(register, wanted.count)
    else { return note(.unknown, Array("(cmp, not decoded)".utf8)) }
    let sources = registers.sources(register, wanted.count)
    let truth = Self.truth(of: value, operation, wanted, not: sources.first?.excluded)
    let isPort = sources.contains(where: \.isPort)
    let text = words(sources.first, operation, wanted)
    if truth == .yes, operation == NFT_CMP_EQ, let source = sources.first, source.kind == .transport
    {
      l4 = NFTablesValueText.of(wanted, source)
    }
    note(truth, text, isPort: isPort)
    if operation == NFT_CMP_LTE { joinBounds(sources.first, wanted) }
  }

  /// `tcp dport >= 3600` and `tcp dport <= 3700` are a range that nft took apart.
  private mutating func joinBounds(_ source: NFTablesRegisters.Source?, _ last: [UInt8]) {
    guard let source, parts.count >= 2 else { return }
    let head = source.name + sign(NFT_CMP_GTE)
    guard parts[parts.count - 2].starts(with: head) else { return }
    let low = parts[parts.count - 2].dropFirst(head.count)
    parts.removeLast(2)
    parts.append(source.name + [0x20] + low + [0x2D] + NFTablesValueText.of(last, source))
  }

  private func operation(_ data: NFTablesAttributes) -> nft_cmp_ops? {
    data.number(NFTA_CMP_OP).flatMap { $0 <= NFT_CMP_GTE.rawValue ? nft_cmp_ops($0) : nil }
  }

  private static func truth(
    of value: [UInt8?], _ operation: nft_cmp_ops, _ wanted: [UInt8], not excluded: [UInt8]?
  ) -> RuleReading.Truth {
    let known = value.compactMap { $0 }
    guard known.count == value.count else {
      let differs =
        wanted == excluded || zip(value, wanted).contains { $0 != nil && $0 != $1 }
      switch operation {
      case NFT_CMP_EQ where differs: return .no
      case NFT_CMP_NEQ where differs: return .yes
      default: return .unknown
      }
    }
    let isLess = known.lexicographicallyPrecedes(wanted)
    let isEqual = known == wanted
    let holds: Bool =
      switch operation {
      case NFT_CMP_EQ: isEqual
      case NFT_CMP_NEQ: !isEqual
      case NFT_CMP_LT: isLess
      case NFT_CMP_LTE: isLess || isEqual
      case NFT_CMP_GT: !isLess && !isEqual
      default: !isLess
      }
    return holds ? .yes : .no
  }

  private func words(
    _ source: NFTablesRegisters.Source?, _ operation: nft_cmp_ops, _ wanted: [UInt8]
  ) -> [UInt8] {
    let name = source?.name ?? Array("(register)".utf8)
    if let source, let mask = source.mask, source.kind != .address {
      let isZero = wanted.allSatisfy { $0 == 0 }
      let bits = NFTablesValueText.of(mask, source)
      if isZero, operation == NFT_CMP_NEQ { return name + [0x20] + bits }
      if isZero, operation == NFT_CMP_EQ { return name + Array(" ! ".utf8) + bits }
      return name + Array(" & ".utf8) + bits + sign(operation)
        + NFTablesValueText.of(wanted, source)
    }
    return name + sign(operation) + NFTablesValueText.of(wanted, source)
  }

  private func sign(_ operation: nft_cmp_ops) -> [UInt8] {
    switch operation {
    case NFT_CMP_EQ: [0x20]
    case NFT_CMP_NEQ: Array(" != ".utf8)
    case NFT_CMP_LT: Array(" < ".utf8)
    case NFT_CMP_LTE: Array(" <= ".utf8)
    case NFT_CMP_GT: Array(" > ".utf8)
    default: Array(" >= ".utf8)
    }
  }

  /// `range`: a register between two values.
  mutating func compareRange(_ data: NFTablesAttributes) {
    let register = data.number(NFTA_RANGE_SREG)
    guard let low = data.nested(NFTA_RANGE_FROM_DATA)[NFTA_DATA_VALUE],
      let high = data.nested(NFTA_RANGE_TO_DATA)[NFTA_DATA_VALUE], low.count == high.count,
      let value = registers.value(register, low.count)
    else { return note(.unknown, Array("(range, not decoded)".utf8)) }
    let isNegated = data.number(NFTA_RANGE_OP) == NFT_RANGE_NEQ.rawValue
    let sources = registers.sources(register, low.count)
    let source = sources.first
    let text =
      (source?.name ?? Array("(register)".utf8)) + Array((isNegated ? " != " : " ").utf8)
      + NFTablesValueText.of(low, source) + Array("-".utf8) + NFTablesValueText.of(high, source)
    let known = value.compactMap { $0 }
    guard known.count == value.count else { return note(.unknown, text) }
    let isInside =
      !known.lexicographicallyPrecedes(low) && !high.lexicographicallyPrecedes(known)
    note(isInside != isNegated ? .yes : .no, text, isPort: sources.contains(where: \.isPort))
  }

  /// `lookup`: a register in a set, or the value or the verdict that a map has for it.
  mutating func look(_ data: NFTablesAttributes) {
    guard let name = data.name(NFTA_LOOKUP_SET) else {
      return note(.unknown, Array("(lookup, not decoded)".utf8))
    }
    let register = data.number(NFTA_LOOKUP_SREG)
    let target = data.number(NFTA_LOOKUP_DREG)
    let isNegated = (data.number(NFTA_LOOKUP_FLAGS) ?? 0) & 1 != 0
    let found = set(name)
    let length = found?.elements.first(where: { !$0.isCatchAll })?.key.count ?? 0
    let sources = registers.sources(register, length)
    let key = registers.value(register, length)
    let subject = Array(sources.map(\.name).joined(separator: Array(" . ".utf8)))
    let isPort = sources.contains(where: \.isPort)
    // A set without elements has no key's length, and holds nothing.
    let answer: NFTablesSet.Answer =
      if let found {
        if let key {
          found.look(up: key)
        } else {
          found.elements.isEmpty ? found.look(up: []) : .unknown
        }
      } else { .unknown }
    let place = described(name, found, sources)
    guard let target else {
      let text = subject + Array((isNegated ? " != " : " ").utf8) + place
      switch answer {
      case .found: return note(isNegated ? .no : .yes, text, isPort: isPort)
      case .absent: return note(isNegated ? .yes : .no, text, isPort: isPort)
      case .oneOf:
        if isPort { reading.namesPort = true }
        return note(.unknown, text)
      case .unknown: return note(.unknown, text)
      }
    }
    if target == NFT_REG_VERDICT.rawValue {
      return decide(answer, subject + Array(" vmap ".utf8) + place, isPort: isPort)
    }
    let text = subject + Array(" map ".utf8) + place
    switch answer {
    case .found(let element):
      note(.yes, text, isPort: isPort)
      parts.removeLast()
      registers.store(
        element.value ?? [], .init(name: text, kind: .bytes, length: element.value?.count ?? 0),
        in: target)
    case .absent: note(.no, text)
    case .oneOf, .unknown:
      note(.unknown, text)
      parts.removeLast()
      let unknown = [UInt8?](repeating: nil, count: 64)
      registers.store(unknown, .init(name: text, kind: .bytes, length: 64), in: target)
    }
  }

  /// A verdict map: what is not in it goes on to the next rule.
  private mutating func decide(_ answer: NFTablesSet.Answer, _ text: [UInt8], isPort: Bool) {
    switch answer {
    case .found(let element):
      note(.yes, text, isPort: isPort)
      parts.removeLast()
      end([element.verdict?.action ?? .elsewhere], text)
    case .absent: note(.no, text)
    case .oneOf(let elements):
      note(.unknown, text)
      parts.removeLast()
      var actions: [RuleReading.Action] = []
      for action in elements.map({ $0.verdict?.action ?? .elsewhere })
      where !actions.contains(action) {
        actions.append(action)
      }
      // The port is named where all that may be meant have it in their key.
      if isPort { reading.namesPort = true }
      end(actions.count > Self.choiceLimit ? [.elsewhere] : actions, text)
    case .unknown:
      note(.unknown, text)
      parts.removeLast()
      end([.elsewhere], text)
    }
  }

  /// Verdicts of a map that are followed.
  private static var choiceLimit: Int { 64 }

  /// A named set as `@name`, one without a name by its elements.
  private func described(
    _ name: [UInt8], _ set: NFTablesSet?, _ sources: [NFTablesRegisters.Source]
  ) -> [UInt8] {
    guard let set, set.flags & NFT_SET_ANONYMOUS.rawValue != 0 else { return [0x40] + name }
    // Concatenations and maps keep their values in a shape of their own.
    guard sources.count == 1, set.elements.count <= 16,
      set.elements.allSatisfy({ $0.value == nil && $0.verdict == nil && $0.lastKey == nil })
    else { return Array("{ ... }".utf8) }
    let sorted = set.elements.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    var items: [[UInt8]] = []
    for (index, element) in sorted.enumerated() where !element.endsInterval {
      var text = NFTablesValueText.of(element.key, sources[0])
      if index + 1 < sorted.count, sorted[index + 1].endsInterval,
        let last = Self.before(sorted[index + 1].key), last != element.key
      {
        text += [0x2D] + NFTablesValueText.of(last, sources[0])
      }
      items.append(text)
    }
    return Array("{ ".utf8) + items.joined(separator: Array(", ".utf8)) + Array(" }".utf8)
  }

  /// The key in front of one, read as a number; nil for zero.
  private static func before(_ key: [UInt8]) -> [UInt8]? {
    var key = key
    for index in key.indices.reversed() {
      if key[index] > 0 {
        key[index] -= 1
        return key
      }
      key[index] = 0xFF
    }
    return nil
  }
}
