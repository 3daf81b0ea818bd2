public import Packets
public import Verdicts

/// Flows that have something in common, added up.
public struct GroupRecord: Sendable {
  /// Names of applications that are kept of a group.
  public static let mostApplications = 8

  /// What they have in common.
  public let key: Grouping.Key
  /// Its value as people write it.
  public var name = ""
  /// The application, where they were grouped by it and have one; raw.
  public var application: String?
  /// The address of a server or client.
  public var address: IPAddress?
  /// The port of a server.
  public var port: UInt16?
  /// The transport of a server.
  public var transport: Transport?
  /// How many flows.
  public private(set) var flows = 0
  /// Captured packets of them.
  public private(set) var packets = 0
  /// Bytes of those packets.
  public private(set) var bytes = 0
  /// Time of the first packet.
  public private(set) var first: Timestamp
  /// Time of the last packet.
  public private(set) var last: Timestamp
  /// Decimal digits of a second that the inputs have.
  public var digits = 6
  /// Flows by class.
  public private(set) var classes: [VerdictClass: Int] = [:]
  /// The first applications of the group's flows, at most `mostApplications`.
  public private(set) var applications: Set<String> = []

  /// A group without flows.
  init(by key: Grouping.Key, first: Timestamp) {
    self.key = key
    self.first = first
    last = first
  }

  mutating func add(
    _ verdict: Verdict, from first: Timestamp, to last: Timestamp, packets: Int, bytes: Int
  ) {
    flows += 1
    self.packets &+= packets
    self.bytes &+= bytes
    self.first = min(self.first, first)
    self.last = max(self.last, last)
    classes[verdict.verdictClass, default: 0] += 1
    if let application = verdict.application, applications.count < Self.mostApplications {
      applications.insert(application)
    }
  }
}
