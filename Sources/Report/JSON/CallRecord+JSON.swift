import CallWaiting
import Flows
import Packets

extension CallRecord {
  /// The record as `icwscan.record` = `call`.
  public var json: JSONValue {
    var record = ECS.record(
      .call, at: call.alerted, digits: origin.digits,
      event: ["kind": "event", "category": ["network"], "type": ["info"]])
    record["source"] = .object(ECS.end(flow.client))
    record["destination"] = .object(ECS.end(flow.server))
    record["network"] = .object(
      ECS.network(flow.transport, flow.client, flow.server, path: flow.path))
    ECS.place(origin, in: &record)
    var own = ECS.own(.call)
    own["flow_number"] = .int(flow.number)
    own["member"] = origin.member.map(JSONValue.bytes)
    own["call"] = .object([
      "protocol": .string(call.carrier.rawValue), "calling": call.calling.map(JSONValue.string),
      "calling_name": call.callingName.map(JSONValue.string),
      "called": call.called.map(JSONValue.string),
      "alerted": .string(Times.rfc3339(call.alerted, digits: origin.digits)),
      "choice": .string(call.choice.rawValue),
      "forwarded_to": call.forwardedTo.map(JSONValue.string),
      "answer_seconds": call.answerSeconds.map(JSONValue.number),
      "outcome": .string(call.outcome.rawValue),
      "detection_point": call.detectionPoint.map(JSONValue.string),
      "cause": call.cause.map(JSONValue.string),
      "packet": .int(call.packet),
    ])
    record["icwscan"] = .object(own)
    return .object(record)
  }
}
