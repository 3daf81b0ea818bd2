import Flows
import Packets
import Verdicts

extension OrphanRecord {
  /// The record as `icwscan.record` = `flow` with no packets: the flow is that of the quoted datagram.
  public var json: JSONValue {
    let error = orphan.error
    var record = ECS.record(
      .flow, at: orphan.first, digits: origin.digits,
      event: [
        "kind": "event", "category": ["network"], "type": ["connection"],
        "action": action.map { .string($0.rawValue) },
        "start": .string(Times.rfc3339(orphan.first, digits: origin.digits)),
        "end": .string(Times.rfc3339(orphan.last, digits: origin.digits)),
        "duration": .integer(max(orphan.last.nanoseconds(since: orphan.first), 0)),
      ])
    record["source"] = .object(ECS.end(error.quotedSource, packets: 0, bytes: 0))
    record["destination"] = .object(ECS.end(error.quotedDestination, packets: 0, bytes: 0))
    var network = ECS.network(
      error.transport, error.quotedSource, error.quotedDestination, path: error.path)
    network["packets"] = 0
    network["bytes"] = 0
    record["network"] = .object(network)
    ECS.place(origin, in: &record)
    var own = ECS.own(.flow)
    own["verdict"] = .object(verdict.json)
    own["port_role"] = .string(verdict.role.rawValue)
    own["service_port"] = verdict.servicePort.map { .int(Int($0)) }
    own["flow_number"] = .int(orphan.number)
    own["duplicates"] = 0
    own["icmp_errors"] = .int(orphan.count)
    own["icmp"] = .object(error.json)
    own["path"] = error.path.isEmpty ? nil : .array(error.path.map { .string(LayerWords.of($0)) })
    own["member"] = origin.member.map(JSONValue.bytes)
    record["icwscan"] = .object(own)
    return .object(record)
  }
}
