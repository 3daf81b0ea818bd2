import Flows
import Packets

extension Recogniser {
  /// Xiaomi's push service: frames of a mark, a length and a checksum over both and the body.
  static let xiaomiPush = Recogniser(
    name: "xiaomi", title: "Xiaomi push",
    specification: "none published; frame with RFC 1950's Adler-32 at its end",
    transports: [.tcp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      try walk.expect([0xc2, 0xfe, 0, 5])
      return 12 + (try walk.count32(atMost: 1 << 20))
    },
    read: { message, _ throws(Misfit) in
      guard message.isWhole else { return nil }
      let sum = message.bytes.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      guard sum == Checksums.adler32(message.bytes.dropLast(4)) else { throw .wrong }
      return Saying(isChecked: true, what: "frame")
    })
}
