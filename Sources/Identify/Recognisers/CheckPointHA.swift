import Flows
import Packets

extension Recogniser {
  /// Check Point's cluster protocol: a magic number, a release, cluster, operation and machines. The members of a cluster
  /// tell each other how they are and are never answered where they ask nothing, so several must agree.
  static let checkPointHA = Recogniser(
    name: "cpha", title: "Check Point High Availability",
    specification: "none published; header as Wireshark's packet-cpha documents it",
    transports: [.udp], basis: [.built]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: Header.init), let first = talk.said.first
    else { return .no }
    for side in Side.allCases {
      let own = talk.said(by: side).map(\.message)
      guard Set(own.map(\.source)).count <= 1, Set(own.map(\.version)).count <= 1 else {
        return .no
      }
    }
    guard Set(talk.said.map(\.message.cluster)).count == 1 else { return .no }
    // A report tells how many machines there are and how each of them is; the others are a header and little more.
    guard talk.said.contains(where: \.message.isReport) || talk.said.count >= 3 else {
      return .undecided
    }
    return .yes(
      Recognition(
        "cpha", Set(talk.said.map(\.side)).count == 2 ? .answered : .consistent,
        grounds: [first.ground("header with release, cluster, operation and machine")],
        facts: [
          Fact(.message, Header.names[Int(first.message.operation)]),
          Fact(.session, "cluster \(first.message.cluster)"),
        ], clientIs: nil))
  }

  /// The header of a packet.
  private struct Header {
    let version: UInt16
    let cluster: UInt16
    let operation: UInt16
    let source: UInt16
    /// Whether it is a report of states whose fields are in their ranges.
    private(set) var isReport = false

    static let names = [
      "", "report of states", "query of states", "interface probe", "interface probe reply",
      "interface configuration request", "interface configuration reply", "load sharing report",
      "load sharing confirmation", "policy change", "synchronisation",
    ]

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard reader.uint16() == 0x1a90, let version = reader.uint16(),
        let cluster = reader.uint16(), let operation = reader.uint16(),
        let interface = reader.uint16(), reader.skip(2), let source = reader.uint16(),
        let destination = reader.uint16()
      else { return nil }
      // 4.1, then releases from the second feature pack of NG on.
      guard version == 1 || (6...9_999).contains(version),
        (1..<Self.names.count).contains(Int(operation)), interface < 1_024 || interface == .max,
        source < 1_024, destination < 1_024 || destination >= 0xfffe
      else { return nil }
      self.version = version
      self.cluster = cluster
      self.operation = operation
      self.source = source
      guard operation == 1 else { return }
      // Behind the policy: machines, what is reported, mode, milliseconds of a time unit, a state for each machine.
      guard version == 1 || reader.skip(4), let machines = reader.uint16(),
        let report = reader.uint16(), let mode = reader.uint16(), let unit = reader.uint16()
      else { return }
      isReport =
        (1...64).contains(machines) && (1...3).contains(report) && mode <= 8
        && (1...10_000).contains(unit) && reader.remaining >= Int(machines)
    }
  }
}
