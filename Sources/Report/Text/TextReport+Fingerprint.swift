import Verdicts

extension TextReport {
  /// The fingerprint of payload that nobody could name; nothing for any other flow.
  func fingerprint(_ record: FlowRecord) -> [String] {
    record.fingerprint.map { FingerprintWords.lines($0) } ?? []
  }
}
