import CLinux

/// A set or map of nf_tables with its elements.
struct NFTablesSet: Hashable {
  /// An element: a key, or the bound of an interval.
  struct Element: Hashable {
    var key: [UInt8]
    /// The last key of the interval that begins at `key`, in sets of concatenations; nil for a single key.
    var lastKey: [UInt8]?
    /// Whether an interval ends in front of `key`.
    var endsInterval = false
    /// Whether it stands for every key that has no other element.
    var isCatchAll = false
    /// A map's value.
    var value: [UInt8]?
    /// A verdict map's verdict.
    var verdict: NFTablesVerdict?
  }

  /// What a look-up gives.
  enum Answer: Hashable {
    case absent
    case found(Element)
    /// It depends on bytes of the key that are not known: the elements that may be meant.
    case oneOf([Element])
    case unknown
  }

  var flags: UInt32
  /// The lengths of a concatenation's fields.
  var fields: [Int]
  var elements: [Element] = []

  init(_ object: NFTablesReply.Object) {
    flags = object.attributes.number(NFTA_SET_FLAGS) ?? 0
    let concatenation = object.attributes.nested(NFTA_SET_DESC)[NFTA_SET_DESC_CONCAT] ?? []
    fields = NetlinkAttributes(concatenation, from: 0).compactMap { field in
      NFTablesAttributes(field.value).number(NFTA_SET_FIELD_LEN).map { Int($0 & 0xFF) }
    }
  }

  /// Adds the elements of an answer.
  mutating func add(_ object: NFTablesReply.Object) {
    let list = object.attributes[NFTA_SET_ELEM_LIST_ELEMENTS] ?? []
    for item in NetlinkAttributes(list, from: 0) {
      let attributes = NFTablesAttributes(item.value)
      let flags = attributes.number(NFTA_SET_ELEM_FLAGS) ?? 0
      var element = Element(key: attributes.nested(NFTA_SET_ELEM_KEY)[NFTA_DATA_VALUE] ?? [])
      element.lastKey = attributes.nested(NFTA_SET_ELEM_KEY_END)[NFTA_DATA_VALUE]
      element.endsInterval = flags & NFT_SET_ELEM_INTERVAL_END.rawValue != 0
      // NFT_SET_ELEM_CATCHALL, which older headers do not have.
      element.isCatchAll = flags & 2 != 0
      let data = attributes.nested(NFTA_SET_ELEM_DATA)
      element.value = data[NFTA_DATA_VALUE]
      element.verdict = NFTablesVerdict(data.nested(NFTA_DATA_VERDICT))
      elements.append(element)
    }
  }

  private func has(_ flag: nft_set_flags) -> Bool { flags & flag.rawValue != 0 }

  /// Looks a key up of which some bytes may not be known. Elements that come and go by themselves (`timeout`,
  /// `dynamic`)
  /// make no certain answer.
  func look(up key: [UInt8?]) -> Answer {
    if has(NFT_SET_TIMEOUT) || has(NFT_SET_EVAL) { return .unknown }
    if elements.contains(where: { $0.lastKey != nil }) { return lookInFields(key) }
    if has(NFT_SET_INTERVAL) { return lookInIntervals(key) }
    return answer(key) { Self.mayEqual($0.key, key) }
  }

  private func answer(_ key: [UInt8?], _ fits: (Element) -> Bool) -> Answer {
    let fitting = elements.filter { !$0.isCatchAll && fits($0) }
    let others = elements.filter(\.isCatchAll)
    if !key.contains(nil) {
      return (fitting.first ?? others.first).map { .found($0) } ?? .absent
    }
    return fitting.isEmpty && others.isEmpty ? .absent : .oneOf(fitting + others)
  }

  private static func mayEqual(_ bytes: [UInt8], _ key: [UInt8?]) -> Bool {
    bytes.count == key.count && zip(bytes, key).allSatisfy { $1 == nil || $1 == $0 }
  }

  /// Elements are the bounds of intervals: the last bound at or below the key says whether it is inside.
  private func lookInIntervals(_ key: [UInt8?]) -> Answer {
    let known = key.compactMap { $0 }
    guard known.count == key.count else {
      return elements.contains { !$0.endsInterval } ? .unknown : .absent
    }
    var found: Element?
    for element in elements where !element.isCatchAll {
      guard element.key.count == known.count,
        !known.lexicographicallyPrecedes(element.key)
      else { continue }
      guard let best = found else {
        found = element
        continue
      }
      let isHigher = best.key.lexicographicallyPrecedes(element.key)
      // Where one interval ends and the next begins, the beginning counts.
      if isHigher || (best.key == element.key && best.endsInterval) { found = element }
    }
    if let found, !found.endsInterval { return .found(found) }
    return elements.first(where: \.isCatchAll).map { .found($0) } ?? .absent
  }

  /// A concatenation with intervals: each field, padded to 4 bytes, lies between those of the two keys.
  private func lookInFields(_ key: [UInt8?]) -> Answer {
    guard !fields.isEmpty, fields.reduce(0, { $0 + KernelBytes.aligned($1) }) == key.count,
      elements.allSatisfy({
        $0.isCatchAll || $0.key.count == key.count && ($0.lastKey?.count ?? key.count) == key.count
      })
    else { return .unknown }
    return answer(key) { element in
      var offset = 0
      return fields.allSatisfy { length in
        let range = offset..<(offset + length)
        offset += KernelBytes.aligned(length)
        let wanted = key[range]
        let known = wanted.compactMap { $0 }
        guard known.count == wanted.count else { return true }
        let low = element.key[range]
        let high = (element.lastKey ?? element.key)[range]
        return !known.lexicographicallyPrecedes(low) && !high.lexicographicallyPrecedes(known)
      }
    }
  }
}
