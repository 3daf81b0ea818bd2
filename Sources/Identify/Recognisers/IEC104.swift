import Flows
import Packets

extension Recogniser {
  /// IEC 60870-5-104 telecontrol: units that start with 0x68, their length and four control bytes.
  static let iec104 = Recogniser(
    name: "iec104", title: "IEC 60870-5-104", specification: "IEC 60870-5-104:2006 clause 5",
    transports: [.tcp], basis: [.built, .corpus], tolerated: 1,
    length: { walk, _ throws(Misfit) in
      try walk.expect([0x68])
      let length = Int(try walk.uint8())
      guard (4...253).contains(length) else { throw .wrong }
      return length + 2
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk(.little)
      try walk.skip(1)
      let length = try walk.uint8()
      let first = try walk.uint8()
      switch first & 3 {
      case 3:
        try walk.expect([0, 0, 0])
        guard length == 4 else { throw .wrong }
        var saying = Saying(isSufficient: true, what: "unnumbered control function")
        let names: [UInt8: String] = [
          0x07: "STARTDT", 0x0b: "STARTDT", 0x13: "STOPDT", 0x23: "STOPDT", 0x43: "TESTFR",
          0x83: "TESTFR",
        ]
        guard let name = names[first] else { throw .wrong }
        saying.facts = [Fact(.message, name)]
        // Only the controlling station starts and stops; either may test.
        if first == 0x07 || first == 0x13 { saying.part = .request }
        if first == 0x0b || first == 0x23 { saying.part = .response }
        return saying
      case 1:
        try walk.expect([0])
        guard length == 4, try walk.uint16() & 1 == 0 else { throw .wrong }
        return Saying(what: "supervisory function")
      default:
        try walk.skip(1)
        guard length >= 13, try walk.uint16() & 1 == 0 else { throw .wrong }
        let type = try walk.uint8()
        let objects = try walk.uint8() & 0x7f
        let cause = try walk.uint8() & 0x3f
        guard (1...127).contains(type), (1...47).contains(cause) else { throw .wrong }
        try walk.skip(1)
        let address = try walk.uint16()
        guard objects > 0 || cause == 7 || length >= 13 else { throw .wrong }
        return Saying(
          facts: [Fact(.topic, "common address \(address)"), Fact(.method, "type \(type)")],
          what: "information transfer")
      }
    })
}
