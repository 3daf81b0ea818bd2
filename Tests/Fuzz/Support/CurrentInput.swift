import Synchronization

/// What is tried at this moment, where nobody else keeps it: told by `demand` when something does not hold.
enum CurrentInput {
  private static let kept = Mutex<(door: String, bytes: [UInt8])?>(nil)

  /// Keeps it, in place of the one before.
  static func note(_ door: String, _ bytes: [UInt8]) { kept.withLock { $0 = (door, bytes) } }

  /// The door and the bytes in hexadecimal; nil where a fuzzer keeps its inputs itself.
  static var text: String? {
    kept.withLock { $0 }.map { door, bytes in
      let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      return "at the door \(door): \(digits)"
    }
  }
}
