import Flows
import Identify
import Verdicts

extension Verdict {
  /// What lies under `icwscan.verdict`.
  var json: JSONObject {
    [
      "class": .string(verdictClass.rawValue),
      "application": application.map(JSONValue.string) ?? .null,
      "evidence": .array(evidence.map { .object($0.json) }),
      "missing": .array(missing.map { .string($0.rawValue) }),
      "points": points.map(JSONValue.int),
      "runners_up": runnersUp.isEmpty ? nil : .array(runnersUp.map(JSONValue.string)),
      "tool": tool.map(JSONValue.string),
      "strength": recognition.map { .string($0.strength.name) },
      "grounds": recognition.map { .array($0.grounds.map { .object($0.json) }) },
    ]
  }
}

extension Evidence {
  /// One item under `icwscan.verdict.evidence`.
  var json: JSONObject {
    [
      "item": .string(item.rawValue), "weight": .string(weight.rawValue),
      "points": points.map(JSONValue.int),
      "detail": detail.map(JSONValue.string), "packet": packet.map(JSONValue.int),
      "side": side.map { .string($0.rawValue) }, "offset": offset.map(JSONValue.int),
      "length": length.map(JSONValue.int),
    ]
  }
}

extension Ground {
  /// One item under `icwscan.verdict.grounds`.
  var json: JSONObject {
    [
      "side": .string(side.rawValue), "offset": .int(offset), "length": .int(length),
      "what": .string(what),
    ]
  }
}

extension Recognition.Strength {
  /// Every strength, the weakest first.
  static let names = [oneSided, consistent, answered, proven].map(\.name)

  /// The name in JSON.
  var name: String {
    switch self {
    case .oneSided: "one-sided"
    case .consistent: "consistent"
    case .answered: "answered"
    case .proven: "proven"
    }
  }
}
