@testable import Report
@testable import Sockets

extension FuzzTarget {
  /// Answers of nf_tables as they are asked for: whatever they say, the walk through chains ends, and what is told of the
  /// rules is fit to be shown.
  ///
  ///     answers: what it answers (1: chains, rules, sets, elements), length (2), bytes
  static let nftables = FuzzTarget(name: "nftables", longest: 65_536) {
    [RecordedRules.nft, RecordedRules.kube, RecordedRules.docker].flatMap { recording in
      [false, true].map { isLast in
        recording.sorted { $0.key < $1.key }.flatMap { key, answer -> [UInt8] in
          let kind = FuzzedChannel.kinds.firstIndex { key.hasPrefix($0.name) } ?? 0
          let isRules = FuzzedChannel.kinds[kind].name == "rules"
          return [UInt8(kind)]
            + FuzzInput.piece(isLast && isRules ? inLastRegisters(answer) : answer)
        }
      }
    }
  } run: { bytes in
    var rules = FirewallRules(
      NFTablesReader(FuzzedChannel(bytes)), state: .read, legacy: LegacyTables.Result(),
      namespace: nil)
    demandTold(rules.evaluate(port: 3699))
  }

  /// The same rules with register 22, which has 8 bytes behind it, where the first one stood: the kernel gives numbers
  /// from below, and nothing would come near the end.
  private static func inLastRegisters(_ answer: [UInt8]) -> [UInt8] {
    // An attribute of type 1: a register in payload, meta, compare and others.
    let first: [UInt8] = [8, 0, 1, 0, 0, 0, 0, 1]
    var answer = answer
    for place in answer.indices.dropLast(7)
    where answer[place..<(place + 8)].elementsEqual(first) {
      answer[place + 7] = 22
    }
    return answer
  }

  /// The older tables of iptables.
  ///
  ///     flags (1: bit 0 IPv6), offsets of the five hooks (2 each, 0xffff: none), entries
  static let xtables = FuzzTarget(name: "xtables", longest: 16_384) {
    [RecordedRules.legacy, RecordedRules.legacy6].flatMap { recording in
      RecordedRules.images(recording).images.map { image in
        [image.isIPv6 ? 1 : 0]
          + (0..<5).flatMap { hook -> [UInt8] in
            let offset = image.hooks.indices.contains(hook) ? image.hooks[hook] ?? 0xffff : 0xffff
            return [UInt8(offset >> 8), UInt8(offset & 0xff)]
          } + image.bytes
      }
    }
  } run: { bytes in
    var input = FuzzInput(bytes)
    let isIPv6 = input.byte() & 1 == 1
    let hooks = (0..<5).map { _ in input.short() }.map { $0 == 0xffff ? nil : $0 }
    let image = LegacyTables.Image(
      name: "filter", isIPv6: isIPv6, hooks: hooks, bytes: input.rest())
    var rules = FirewallRules<FuzzedChannel>(
      nil, state: .absent, legacy: LegacyTables.Result(images: [image], state: .read),
      namespace: nil)
    demandTold(rules.evaluate(port: 3699))
  }

  private static func demandTold(_ reading: FirewallReading) {
    demand(reading.publications.count <= 64, "what is told is bounded")
    var survey = PortSurvey()
    survey.firewalls = [reading]
    let report = TextReport(style: Style(explain: true))
    demandShowable(report.owner(survey, port: 3699))
  }
}

/// A kernel that answers what an input says: each question with the next answer to one of its kind, or once more with
/// the last.
private struct FuzzedChannel: NetlinkChannel, ~Copyable {
  /// What is asked for, with the low byte of the question's type (enum nf_tables_msg_types).
  static let kinds: [(name: String, type: UInt8)] = [
    ("chains", 4), ("rules", 7), ("sets", 10), ("elements", 13),
  ]

  private var answers: [[[UInt8]]] = kinds.map { _ in [] }
  private var sequence: [UInt8] = [0, 0, 0, 0]
  private var kind = 0

  init(_ bytes: [UInt8]) {
    var input = FuzzInput(bytes)
    while !input.isAtEnd { answers[Int(input.byte()) % Self.kinds.count].append(input.piece()) }
    // The next one is the last of its list.
    for kind in answers.indices { answers[kind].reverse() }
  }

  mutating func send(_ request: [UInt8]) throws(NetlinkError) {
    sequence = Array(request[8..<12])
    kind = Self.kinds.firstIndex { $0.type == request[4] } ?? 0
  }

  /// The next answer, with the request's number in each message that has room for one.
  mutating func receive() throws(NetlinkError) -> [UInt8] {
    let last = answers[kind].last ?? []
    if answers[kind].count > 1 { answers[kind].removeLast() }
    guard !last.isEmpty else { throw .silent }
    var bytes = last
    var offset = 0
    while offset + 16 <= bytes.count {
      bytes.replaceSubrange((offset + 8)..<(offset + 12), with: sequence)
      let length = Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
      guard length >= 16 else { break }
      offset += (length + 3) & ~3
    }
    return bytes
  }
}
