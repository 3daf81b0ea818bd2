import Flows
import Packets
import Sockets

/// Pieces of a record that the Elastic Common Schema (8.17) names, shared by the kinds of records.
enum ECS {
  /// The version of ECS whose names are used.
  static let version = "8.17"
  /// The version of what lies under `icwscan`.
  static let schemaVersion: JSONValue = 1

  /// The members that every record has.
  static func record(_ kind: RecordKind, at time: Timestamp?, digits: Int, event: JSONObject)
    -> JSONObject
  {
    var event = event
    event["dataset"] = .string("icwscan.\(kind.rawValue)")
    return [
      "@timestamp": time.map { .string(Times.rfc3339($0, digits: digits)) },
      "ecs": .object(["version": .string(version)]),
      "event": .object(event),
    ]
  }

  /// What lies under `icwscan` in every record.
  static func own(_ kind: RecordKind) -> JSONObject {
    ["record": .string(kind.rawValue), "schema_version": schemaVersion]
  }

  /// `source` or `destination`.
  static func end(_ end: Endpoint, packets: Int? = nil, bytes: Int? = nil) -> JSONObject {
    [
      "ip": .string(end.address.description), "port": .int(Int(end.port)),
      "packets": packets.map(JSONValue.int),
      "bytes": bytes.map(JSONValue.int),
    ]
  }

  /// The `network` of two ends.
  static func network(
    _ transport: Transport, _ one: Endpoint, _ other: Endpoint, path: [Encapsulation]
  )
    -> JSONObject
  {
    let tags = path.compactMap { layer -> JSONValue? in
      guard case .vlan(let tag) = layer else { return nil }
      return .object(["vlan": .object(["id": .string(String(tag))])])
    }
    var network: JSONObject = [
      "transport": .string(transport.rawValue), "type": .string(type(one.address)),
      "community_id": .string(CommunityID.of(transport, one, other)),
    ]
    if case .object(let outer)? = tags.first { network["vlan"] = outer["vlan"] }
    if tags.count > 1 { network["inner"] = tags[1] }
    return network
  }

  /// `ipv4` or `ipv6`.
  static func type(_ address: IPAddress) -> String { address.family == .ipv4 ? "ipv4" : "ipv6" }

  /// Where a record came from: `log.file.path` and `observer.ingress.interface.name`.
  static func place(_ origin: Origin, in record: inout JSONObject) {
    if let file = origin.file { record["log"] = .object(["file": .object(["path": .bytes(file)])]) }
    if let interface = origin.interface {
      record["observer"] = .object([
        "ingress": .object(["interface": .object(["name": .bytes(interface)])])
      ])
    }
  }

  /// A process in ECS's fields.
  static func process(
    _ process: ProcessIdentity, _ provenance: Provenance? = nil
  ) -> JSONObject {
    [
      "pid": .int(Int(process.pid)), "name": .bytes(process.command),
      "executable": process.executable.map(JSONValue.bytes),
      "command_line": process.arguments.isEmpty
        ? nil : .bytes(Array(process.arguments.joined(separator: [UInt8(ascii: " ")]))),
      "args": process.arguments.isEmpty ? nil : .array(process.arguments.map(JSONValue.bytes)),
      "start": process.startTime.map {
        .string(Times.rfc3339(Timestamp(nanoseconds: $0), digits: 2))
      },
      "working_directory": process.workingDirectory.map(JSONValue.bytes),
      "user": process.knowsUser
        ? .object([
          "id": .string(String(process.user)), "name": process.userName.map(JSONValue.string),
        ]) : nil,
      "parent": process.parent > 0 ? .object(["pid": .int(Int(process.parent))]) : nil,
      "hash": provenance?.executableHash.map {
        .object(["sha256": .string($0.map { Times.hexadecimal($0) }.joined())])
      },
    ]
  }

  /// The container of a process; nil when it runs in none.
  static func container(_ process: ProcessIdentity?) -> JSONValue? {
    process?.containerID.map { .object(["id": .bytes($0)]) }
  }

  /// A process with what ECS has no name for.
  static func ownProcess(
    _ process: ProcessIdentity, _ provenance: Provenance? = nil
  ) -> JSONObject {
    var object = self.process(process, provenance)
    object["executable_deleted"] =
      process.hasEnded || process.isClaim ? nil : .bool(process.isExecutableDeleted)
    object["or_child"] = process.mayBeChild ? .bool(true) : nil
    object["unit"] = process.unit.map(JSONValue.bytes)
    object["container_id"] = process.containerID.map(JSONValue.bytes)
    return object
  }
}
