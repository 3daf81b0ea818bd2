import Flows
import Packets

extension Recogniser {
  /// High-speed LAN instrument protocol: messages of `HS`, type, control code, parameter and a length of eight bytes.
  static let hislip = Recogniser(
    name: "hislip", title: "HiSLIP", specification: "IVI-6.1 revision 2.0, section 2.5",
    transports: [.tcp],
    basis: [.built],
    length: { walk, _ throws(Misfit) in
      try walk.expect(Array("HS".utf8))
      guard try walk.uint8() <= 36 else { throw .wrong }
      try walk.skip(5)
      let length = try walk.uint64()
      guard length <= 1 << 30 else { throw .wrong }
      return Int(length) + 16
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      try walk.skip(2)
      let type = try walk.uint8()
      try walk.skip(1)
      let parameter = try walk.uint32()
      try walk.skip(8)
      var saying = Saying(
        what: "message header with type, control code and a length of eight bytes")
      switch type {
      case 0:
        guard message.isWhole, walk.rest.isGraphic, walk.remaining <= 256 else { throw .wrong }
        saying.part = .request
        saying.isSufficient = true
        saying.facts = [
          Fact(.topic, walk.rest), Fact(.version, "\(parameter >> 24).\(parameter >> 16 & 0xff)"),
        ]
      case 1:
        guard message.bytes.count == 16 else { throw .wrong }
        saying.part = .response
      case 17:
        guard message.bytes.count == 16 else { throw .wrong }
        saying.part = .request
      case 18:
        saying.part = .response
      default: break
      }
      return saying
    })
}
