import CallWaiting
import Flows
import Verdicts

extension Fingerprint {
  /// What lies under `icwscan.fingerprint`.
  var json: JSONObject {
    [
      "text": .array(FingerprintWords.lines(self).map(JSONValue.string)),
      "client": client.map { .object($0.json) }, "server": server.map { .object($0.json) },
      "messages": .array(first.map { .object($0.json) }),
      "keepalive": keepalive.map {
        .object([
          "side": .string($0.side.rawValue), "seconds": .number($0.interval),
          "count": .int($0.count),
        ])
      },
    ]
  }
}

extension Fingerprint.Message {
  fileprivate var json: JSONObject {
    [
      "side": .string(side.rawValue), "length": .int(length),
      "gap_seconds": gap.map { .number(Double($0) / 1e9) },
    ]
  }
}

extension SideFingerprint {
  fileprivate var json: JSONObject {
    [
      "hex": .string(FingerprintWords.hexadecimal(first)),
      "text": .string(FingerprintWords.text(first)),
      "begins_at_start": .bool(beginsAtStart), "bytes_kept": .int(kept), "bytes_total": .int(total),
      "printable_percent": .int(printable),
      "entropy_bits": .number(Self.rounded(entropy)),
      "entropy_bits_most": .number(Self.rounded(mostEntropy)),
    ]
  }

  /// Two decimals: more is noise.
  private static func rounded(_ bits: Double) -> Double { (bits * 100).rounded() / 100 }
}
