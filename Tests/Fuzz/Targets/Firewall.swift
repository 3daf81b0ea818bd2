@testable import Report
@testable import Sockets

extension FuzzTarget {
  /// Answers of nf_tables, piece by piece as they are asked for: whatever they say, the walk through chains ends, and what
  /// is told of the rules is fit to be shown.
  ///
  ///     answers: length (2), bytes; asked again, the last one is given once more
  static let nftables = FuzzTarget(name: "nftables", longest: 65_536) {
    // The chains, which are asked for first, then rules, sets and elements.
    [RecordedRules.nft, RecordedRules.kube, RecordedRules.docker].map { recording in
      recording.sorted { $0.key < $1.key }.flatMap { FuzzInput.piece($0.value) }
    }
  } run: { bytes in
    var rules = FirewallRules(
      NFTablesReader(FuzzedChannel(bytes)), state: .read, legacy: LegacyTables.Result(),
      namespace: nil)
    demandTold(rules.evaluate(port: 3699))
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

/// A kernel that answers what an input says.
private struct FuzzedChannel: NetlinkChannel, ~Copyable {
  private var input: FuzzInput
  private var last: [UInt8] = []
  private var sequence: [UInt8] = [0, 0, 0, 0]

  init(_ bytes: [UInt8]) { input = FuzzInput(bytes) }

  mutating func send(_ request: [UInt8]) throws(NetlinkError) { sequence = Array(request[8..<12]) }

  /// The next answer, with the request's number in each message that has room for one.
  mutating func receive() throws(NetlinkError) -> [UInt8] {
    if !input.isAtEnd { last = input.piece() }
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
