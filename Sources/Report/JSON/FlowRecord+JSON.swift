import Flows
import Packets
import Sockets
import Verdicts

extension FlowRecord {
  /// The record as `icwscan.record` = `flow`.
  public var json: JSONValue {
    let duration = max(flow.last.nanoseconds(since: flow.first), 0)
    var types: [JSONValue] = ["connection"]
    if action == .start { types.append("start") }
    if action == .end { types.append("end") }
    var record = ECS.record(
      .flow, at: flow.first, digits: origin.digits,
      event: [
        "kind": "event", "category": ["network"], "type": .array(types),
        "action": action.map { .string($0.rawValue) },
        "start": .string(Times.rfc3339(flow.first, digits: origin.digits)),
        "end": .string(Times.rfc3339(flow.last, digits: origin.digits)),
        "duration": .integer(duration),
      ])
    record["source"] = .object(end(.client))
    record["destination"] = .object(end(.server))
    var network = ECS.network(flow.transport, flow.client, flow.server, path: flow.path)
    network["protocol"] = protocolOnWire.map(JSONValue.string)
    network["packets"] = .int(flow.packets)
    network["bytes"] = .int(flow.clientCounters.bytes &+ flow.serverCounters.bytes)
    record["network"] = .object(network)
    ECS.place(origin, in: &record)
    let known = serverProcess ?? clientProcess ?? unplacedProcess
    // The schema has no word for one of several.
    let process = known?.mayBeChild == true ? nil : known
    record["process"] = process.map { .object(ECS.process($0)) }
    record["container"] = ECS.container(process)
    FactFields.add(verdict, to: &record)
    record["icwscan"] = .object(own)
    return .object(record)
  }

  /// The application; for a documented ICW protocol the SIP that carries it (RFC 2848, RFC 3910).
  private var protocolOnWire: String? {
    let isICW = [.genuineKPNICW, .icwFamily].contains(verdict.verdictClass)
    return isICW && verdict.application != nil ? "sip" : verdict.application
  }

  private func end(_ side: Side) -> JSONObject {
    var end = ECS.end(
      flow.endpoint(side), packets: flow.counters(side).packets, bytes: flow.counters(side).bytes)
    end["domain"] = (side == .client ? clientName : serverName).map(JSONValue.string)
    return end
  }

  private var own: JSONObject {
    var own = ECS.own(.flow)
    own["verdict"] = .object(verdict.json)
    own["port_role"] = .string(verdict.role.rawValue)
    own["service_port"] = verdict.servicePort.map { .int(Int($0)) }
    own["facts"] = FactFields.all(verdict)
    own["fingerprint"] = fingerprint.map { .object($0.json) }
    own["flow_number"] = .int(flow.number)
    own["tcp_state"] = flow.state.map { .string($0.rawValue) }
    own["end"] = flow.end.map { .string($0.rawValue) }
    own["duplicates"] = .int(flow.duplicates)
    own["icmp_errors"] = .int(flow.icmpErrors)
    own["icmp"] = flow.firstICMPError.map { .object($0.json) }
    own["path"] = flow.path.isEmpty ? nil : .array(flow.path.map { .string(LayerWords.of($0)) })
    own["link_type"] = .string(LayerWords.of(flow.link))
    own["start_seen"] = .bool(flow.startSeen)
    own["client_ground"] = .string(flow.ground.rawValue)
    own["client_counters"] = .object(flow.clientCounters.json)
    own["server_counters"] = .object(flow.serverCounters.json)
    own["client_process"] = clientProcess.map { .object(ECS.ownProcess($0)) }
    own["server_process"] = serverProcess.map { .object(ECS.ownProcess($0)) }
    own["unplaced_process"] = unplacedProcess.map { .object(ECS.ownProcess($0)) }
    own["missing_owner"] = missingOwner.map { .string($0.rawValue) }
    own["client_attribution"] = clientAttribution.map { .string($0.rawValue) }
    own["server_attribution"] = serverAttribution.map { .string($0.rawValue) }
    if !comments.isEmpty {
      own["comments"] = .array(
        comments.map { .object(["packet": .int($0.packet), "text": .bytes($0.text)]) })
    }
    own["translated"] = translated.map {
      .object(["client": .object(ECS.end($0.client)), "server": .object(ECS.end($0.server))])
    }
    own["firewall"] = refusal.map {
      .object(["state": $0.isRejected ? "rejected" : "dropped", "rule": $0.rule.json])
    }
    own["comments_not_listed"] = commentsNotListed > 0 ? .int(commentsNotListed) : nil
    own["interfaces"] = interfaces.count > 1 ? .array(interfaces.map(JSONValue.bytes)) : nil
    own["member"] = origin.member.map(JSONValue.bytes)
    if !origin.files.isEmpty {
      own["files"] = .array(
        origin.files.map {
          .object(["path": .bytes($0.file), "member": $0.member.map(JSONValue.bytes)])
        })
    }
    own["files_not_listed"] = origin.filesNotListed > 0 ? .int(origin.filesNotListed) : nil
    return own
  }
}

extension SideCounters {
  /// What ECS has no name for.
  var json: JSONObject {
    [
      "payload_bytes": .int(payloadBytes), "cut": .int(cut), "retransmitted": .int(retransmitted),
      "out_of_order": .int(outOfOrder),
    ]
  }
}

extension ICMPError {
  /// Reporter, type and code.
  var json: JSONObject {
    [
      "reporter": .string(reporter.description), "type": .int(Int(type)), "code": .int(Int(code)),
      "family": .string(family == .ipv4 ? "ipv4" : "ipv6"),
    ]
  }
}
