import Packets
import Verdicts

extension DropsRecord {
  /// The record as `icwscan.record` = `drops`.
  public var json: JSONValue {
    var record = ECS.record(
      .drops, at: time, digits: origin.digits,
      event: ["kind": "metric", "category": ["network"], "type": ["info"]])
    ECS.place(origin, in: &record)
    var own = ECS.own(.drops)
    own["drops"] = .object(counts)
    own["member"] = origin.member.map(JSONValue.bytes)
    record["icwscan"] = .object(own)
    return .object(record)
  }

  /// The numbers.
  var counts: JSONObject {
    [
      "received": .int(received),
      "first_frame": span.map { .string(Times.rfc3339($0.first, digits: 9)) },
      "last_frame": span.map { .string(Times.rfc3339($0.last, digits: 9)) },
      "on_port": .int(onPort), "dropped": dropped.map(JSONValue.int),
      "interface_dropped": interfaceDropped.map(JSONValue.int), "evicted": .int(evicted),
      "checksums_offloaded": dropped != nil && unfilledChecksums > 0
        ? .int(unfilledChecksums) : nil,
      "checksums_wrong": wrongChecksums > 0 ? .int(wrongChecksums) : nil,
      "untold": untold > 0 ? .int(untold) : nil,
      "unread": .array(
        sortedUnread.map {
          .object([
            "layer": .string($0.layer.rawValue), "reason": .string($0.reason.rawValue),
            "count": .int($0.count),
          ])
        }),
    ]
  }
}

extension SummaryRecord {
  /// The record as `icwscan.record` = `summary`.
  public var json: JSONValue {
    var record = ECS.record(
      .summary, at: time ?? tally.last, digits: tally.digits,
      event: [
        "kind": "metric", "category": ["network"], "type": ["info"],
        "start": tally.first.map { .string(Times.rfc3339($0, digits: tally.digits)) },
        "end": tally.last.map { .string(Times.rfc3339($0, digits: tally.digits)) },
      ])
    ECS.place(counters.origin, in: &record)
    var own = ECS.own(.summary)
    own["summary"] = .object([
      "port": .int(Int(port)),
      "sentences": .array(
        Sentence.all(self).map(JSONValue.string)),
      "transports": .array(
        Transport.allCases.compactMap { transport in
          tally.transports[transport].map { .object($0.json(transport)) }
        }),
      "counters": .object(counters.counts), "host": owners.map { .object($0.json) },
      "groups_not_listed": grouping.flatMap { $0.untold.flows > 0 ? $0.untold : nil }.map {
        .object(["groups": .int($0.groups), "flows": .int($0.flows)])
      },
      "files": files.map(JSONValue.int), "other_files": otherFiles.map(JSONValue.int),
      "empty_files": emptyFiles > 0 ? .int(emptyFiles) : nil,
      "done_before": doneBefore.map(JSONValue.int), "limit": limit.map(JSONValue.int),
    ])
    record["icwscan"] = .object(own)
    return .object(record)
  }
}

extension TransportTally {
  /// One item under `icwscan.summary.transports`.
  func json(_ transport: Transport) -> JSONObject {
    var counts = JSONObject()
    for verdictClass in VerdictClass.allCases {
      counts[verdictClass.rawValue] = classes[verdictClass].map(JSONValue.int)
    }
    let kinds = VerdictClass.allCases.flatMap { sorted($0) }.map { kind, group in
      JSONValue.object([
        "class": .string(kind.verdictClass.rawValue),
        "application": kind.application.map(JSONValue.string) ?? .null,
        "service_port": kind.servicePort.map { .int(Int($0)) },
        "tool": kind.tool.map(JSONValue.string), "spoofer": kind.isSpoofer ? .bool(true) : nil,
        "flows": .int(group.flows), "packets": .int(group.packets), "bytes": .int(group.bytes),
      ])
    }
    return [
      "transport": .string(transport.rawValue), "flows": .int(classes.values.reduce(0, +)),
      "packets": .int(packets), "bytes": .int(bytes), "copies": copies > 0 ? .int(copies) : nil,
      "translated": translated > 0 ? .int(translated) : nil,
      "classes": .object(counts),
      "kinds": .array(kinds),
      "kinds_not_listed": .int(others.values.reduce(0, +)),
      "left_out": leftOut.flows > 0
        ? .object(["flows": .int(leftOut.flows), "packets": .int(leftOut.packets)]) : nil,
    ]
  }
}
