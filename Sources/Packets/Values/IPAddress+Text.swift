extension IPAddress: LosslessStringConvertible {
  /// The address as RFC 5952 writes it; IPv4 in four decimal parts.
  public var description: String {
    if family == .ipv4 {
      return "\(bits >> 24 & 255).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    }
    // RFC 5952 section 5: an IPv4-mapped address shows its IPv4 part.
    if bits >> 32 == 0xffff { return "::ffff:\(unmapped)" }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) }
    // RFC 5952 section 4.2: the longest run of at least two zero groups, the first of equals, becomes "::".
    var best = 0..<0
    var run = 0..<0
    for (index, group) in groups.enumerated() {
      run = group != 0 ? 0..<0 : run.isEmpty ? index..<index + 1 : run.lowerBound..<index + 1
      if run.count > best.count { best = run }
    }
    let hex = groups.map { String($0, radix: 16) }
    guard best.count > 1 else { return hex.joined(separator: ":") }
    return hex[..<best.lowerBound].joined(separator: ":") + "::"
      + hex[best.upperBound...].joined(separator: ":")
  }

  /// Reads a textual address: IPv4 in four decimal parts, IPv6 after RFC 4291 section 2.2; no zone, no brackets.
  public init?(_ text: String) {
    if text.utf8.contains(UInt8(ascii: ":")) {
      guard let bits = Self.parse6(text) else { return nil }
      self.init(v6: bits)
    } else {
      guard let bits = Self.parse4(text[...]) else { return nil }
      self.init(v4: bits)
    }
  }

  private static func parse4(_ text: Substring) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard part.utf8.count <= 3, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let byte = UInt8(part)
      else { return nil }
      bits = bits << 8 | UInt32(byte)
    }
    return bits
  }

  private static func parse6(_ text: String) -> UInt128? {
    guard text.utf8.count <= 45 else { return nil }
    // "::" splits the groups into a head and a tail; without it there is only a head of eight.
    var halves: [Substring] = [text[...]]
    if let gap = text.firstRange(ofDoubleColon: ()) {
      halves = [text[..<gap.lowerBound], text[gap.upperBound...]]
    }
    var groups: [[UInt16]] = []
    for (index, half) in halves.enumerated() {
      guard let parsed = Self.groups(half, last: index == halves.count - 1) else { return nil }
      groups.append(parsed)
    }
    let count = groups.reduce(0) { $0 + $1.count }
    guard halves.count == 2 ? count <= 7 : count == 8 else { return nil }
    let all =
      groups[0] + Array(repeating: 0, count: 8 - count) + (groups.count == 2 ? groups[1] : [])
    return all.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
  }

  private static func groups(_ text: Substring, last: Bool) -> [UInt16]? {
    if text.isEmpty { return [] }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var groups: [UInt16] = []
    for (index, part) in parts.enumerated() {
      if last, index == parts.count - 1, part.utf8.contains(UInt8(ascii: ".")) {
        guard let v4 = parse4(part) else { return nil }
        groups += [UInt16(v4 >> 16), UInt16(v4 & 0xffff)]
      } else {
        guard (1...4).contains(part.utf8.count), part.utf8.first != UInt8(ascii: "+"),
          let group = UInt16(part, radix: 16)
        else { return nil }
        groups.append(group)
      }
    }
    return groups
  }
}

extension String {
  fileprivate func firstRange(ofDoubleColon: Void) -> Range<String.Index>? {
    var index = startIndex
    while index < endIndex {
      let next = self.index(after: index)
      if next < endIndex, self[index] == ":", self[next] == ":" {
        return index..<self.index(after: next)
      }
      index = next
    }
    return nil
  }
}
