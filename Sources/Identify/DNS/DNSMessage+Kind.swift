extension DNSMessage {
  /// The protocols that share the format.
  enum Kind {
    case dns
    case multicast
    case linkLocal
    case netBIOS
  }

  /// Which of the protocols' own marks it carries.
  var kind: Kind? {
    let names = questions.map(\.name) + records.filter { $0.type != 41 }.map(\.name)
    if names.first?.isNetBIOS == true { return isNetBIOS ? .netBIOS : nil }
    if names.isEmpty, cutName.isNetBIOSBeginning { return isNetBIOS ? .netBIOS : nil }
    // Other letters in a name of RFC 1002's length and types are no host's name.
    if questions.contains(where: { $0.isLikeNetBIOS }) { return nil }
    if isMulticast(names) { return .multicast }
    if isLinkLocal { return .linkLocal }
    // A query holds no answers but for transfers, notifications and updates; the Z bit is zero (RFC
    // 1035, RFC 4035).
    guard flags & 0x40 == 0, operation <= 5, questions.allSatisfy({ $0.group & 0x8000 == 0 }),
      counts[0] <= 4
    else { return nil }
    if !isResponse {
      guard counts[0] == 1, code == 0, flags & 0x0080 == 0,
        operation >= 4 || counts[1] + counts[2] <= 1
      else { return nil }
    }
    return .dns
  }

  /// Whether it shows whose format it is: a question, a record, or so much of the first name that it is not NetBIOS's.
  var isTold: Bool {
    !questions.isEmpty || !records.isEmpty || cutName.isNetBIOSBeginning
      || cutName.count >= 4 && cutName.first.map { (1...63).contains($0) && $0 != 32 } == true
  }

  /// Header and types of RFC 1002 section 4.2.
  private var isNetBIOS: Bool {
    let types = questions.map(\.type) + records.map(\.type)
    return types.allSatisfy { [0x20, 0x21, 1, 2, 10].contains($0) } && counts[0] <= 1
      && [0, 5, 6, 7, 8, 9, 15].contains(operation) && flags & 0x0060 == 0
  }

  /// Names below `.local` and the reverse names of services, without recursion (RFC 6762 sections 3
  /// and 18).
  private func isMulticast(_ names: [DNSName]) -> Bool {
    guard operation == 0, code == 0, flags & 0x01f0 == 0 || isResponse && flags & 0x0150 == 0 else {
      return false
    }
    let isLocal = names.contains { $0.last == "local" }
    let isFlushing = records.contains { $0.type != 41 && $0.group & 0x8000 != 0 }
    let isUnicastWanted = questions.contains { $0.group & 0x8000 != 0 }
    if isFlushing || isUnicastWanted { return true }
    // Several questions, or an answer that nobody asked for, are not DNS's.
    return isLocal
      // A question without identifier and without any wish is the multicast kind's (RFC 6762 section 18).
      || identifier == 0 && flags == 0 && counts[0] > 0
      || identifier == 0 && (counts[0] > 1 || isResponse && counts[0] == 0 && counts[1] > 0)
  }

  /// One question for one label, none of the bits of recursion (RFC 4795 section 2.1.1).
  private var isLinkLocal: Bool {
    guard operation == 0, flags & 0x01f0 == 0, flags & 0x0200 == 0, let question = questions.first,
      counts[0] == 1, question.group == 1, counts[2] == 0,
      isResponse || counts[1] == 0 && code == 0,
      isResponse || counts[3] == 0
    else { return false }
    let isSingle = question.name.labels.count == 1
    return isSingle && [1, 28, 255, 12, 6, 33, 16].contains(question.type)
      && question.name.labels.allSatisfy { $0.allSatisfy { $0 > 0x20 && $0 != 0x7f } }
  }

  /// The first question as text: name and type.
  var question: Fact? {
    guard let first = questions.first else { return nil }
    let name =
      first.name.isNetBIOS
      ? String(decoding: first.name.netBIOSName, as: UTF8.self) : first.name.text
    return Fact(
      .question, name + " " + Self.name(ofType: first.type, isNetBIOS: first.name.isNetBIOS))
  }

  /// The first answer that is an address, a name, or text.
  var answer: Fact? {
    for record in records.prefix(counts[1]) {
      switch (record.type, record.data.count) {
      case (1, 4): return Fact(.answer, record.data.map(String.init).joined(separator: "."))
      case (28, 16):
        let words = stride(from: 0, to: 16, by: 2).map {
          String(UInt16(record.data[$0]) << 8 | UInt16(record.data[$0 + 1]), radix: 16)
        }
        return Fact(.answer, words.joined(separator: ":"))
      default: continue
      }
    }
    return nil
  }

  private static func name(ofType type: UInt16, isNetBIOS: Bool) -> String {
    if isNetBIOS { return type == 0x21 ? "NBSTAT" : "NB" }
    let names: [UInt16: String] = [
      1: "A", 2: "NS", 5: "CNAME", 6: "SOA", 10: "NULL", 12: "PTR", 13: "HINFO", 15: "MX",
      16: "TXT",
      28: "AAAA", 29: "LOC", 33: "SRV", 35: "NAPTR", 43: "DS", 46: "RRSIG", 47: "NSEC",
      48: "DNSKEY",
      52: "TLSA", 64: "SVCB", 65: "HTTPS", 251: "IXFR", 252: "AXFR", 255: "ANY", 257: "CAA",
    ]
    return names[type] ?? "TYPE\(type)"
  }
}

extension DNSMessage.Question {
  /// Whether it asks for a NetBIOS type of a name that has 32 letters but not NetBIOS's.
  fileprivate var isLikeNetBIOS: Bool {
    (type == 0x20 || type == 0x21) && name.labels.first?.count == 32
  }
}

extension ArraySlice<UInt8> {
  /// Whether it is the beginning of a NetBIOS name in RFC 1001's encoding: 32 and at least eight letters from A to P.
  fileprivate var isNetBIOSBeginning: Bool {
    first == 32 && count >= 9 && dropFirst().prefix(32).allSatisfy { (0x41...0x50).contains($0) }
  }
}
