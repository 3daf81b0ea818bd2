import Flows
import Packets

extension Recogniser {
  /// Apache Kafka: requests of length, API key, API version, correlation and client identifier; a response repeats the
  /// correlation.
  static let kafka = Recogniser(
    name: "kafka", title: "Apache Kafka",
    specification: "Apache Kafka protocol guide, Requests and Responses",
    transports: [.tcp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      let length = try walk.count32(atMost: 104_857_600)
      guard length >= 4 else { throw .wrong }
      return length + 4
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      try walk.skip(4)
      guard side == .client else {
        let correlation = try walk.uint32()
        guard correlation < 1 << 31 else { throw .wrong }
        return Saying(part: .response, echo: UInt64(correlation), what: "response header")
      }
      let key = try walk.uint16()
      let version = try walk.uint16()
      guard key <= 100, version <= 30 else { throw .wrong }
      let correlation = try walk.uint32()
      guard correlation < 1 << 31 else { throw .wrong }
      let length = try walk.uint16()
      var saying = Saying(part: .request, echo: UInt64(correlation), what: "request header")
      let name = Int(key) < Kafka.names.count ? Kafka.names[Int(key)] : "API \(key)"
      saying.facts = [Fact(.method, name), Fact(.version, "\(version)")]
      // Without an identifier and without a correlation it would be nothing but small numbers.
      guard length != 0 && length != 0xffff || correlation > 0 else { throw .wrong }
      guard length != 0xffff else { return saying }
      guard length <= 255 else { throw .wrong }
      let identifier = try walk.take(Int(length))
      guard identifier.isWritten else { throw .wrong }
      if !identifier.isEmpty { saying.facts.append(Fact(.clientID, identifier)) }
      if key == 18, version >= 3 {
        // Flexible: tagged fields, then name and version of the client's software as compact strings.
        guard try walk.variable(atMost: 2) == 0 else { return saying }
        let size = try walk.variable(atMost: 2)
        guard (1...128).contains(size) else { throw .wrong }
        let software = try walk.take(Int(size) - 1)
        guard software.isGraphic else { throw .wrong }
        saying.facts.append(Fact(.userAgent, software))
        saying.isSufficient = !software.isEmpty
      } else if key == 18 {
        guard walk.remaining == 0 else { throw .wrong }
      }
      return saying
    })
}

private enum Kafka {
  static let names = [
    "Produce", "Fetch", "ListOffsets", "Metadata", "LeaderAndIsr", "StopReplica", "UpdateMetadata",
    "ControlledShutdown", "OffsetCommit", "OffsetFetch", "FindCoordinator", "JoinGroup",
    "Heartbeat",
    "LeaveGroup", "SyncGroup", "DescribeGroups", "ListGroups", "SaslHandshake", "ApiVersions",
    "CreateTopics", "DeleteTopics", "DeleteRecords", "InitProducerId",
  ]
}
