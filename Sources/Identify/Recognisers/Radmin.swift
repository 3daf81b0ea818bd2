import Flows
import Packets

extension Recogniser {
  /// Radmin: packets of the byte 1, a length, the sum of the content's words (least significant byte first), the content.
  /// There is no published specification: the sum holds in every recording met.
  static let radmin = Recogniser(
    name: "radmin", title: "Radmin", specification: "none published; layout and sum as observed",
    transports: [.tcp], basis: [.built, .corpus], tolerated: 1,
    length: { walk, _ throws(Misfit) in
      try walk.expect([1])
      let length = try walk.count32(atMost: 1 << 20)
      guard length > 0 else { throw .wrong }
      return length + 9
    },
    read: { message, _ throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk()
      try walk.skip(5)
      let expected = try walk.uint32()
      var sum: UInt32 = 0
      for (index, byte) in walk.rest.enumerated() {
        sum &+= UInt32(byte) << UInt32(index % 4 * 8)
      }
      guard sum == expected, expected != 0 else { throw .wrong }
      // The smallest packets say too little for a sum to prove anything.
      return Saying(isSufficient: false, what: "packet with sum")
    })
}
