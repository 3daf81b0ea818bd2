import Flows
import Packets

extension Recogniser {
  /// Diagnostics over IP: a version, its complement, a payload type and a length.
  static let doip = Recogniser(
    name: "doip", title: "DoIP", specification: "ISO 13400-2:2019 clause 7",
    transports: [.tcp, .udp],
    basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      let version = try walk.uint8()
      guard (1...4).contains(version) || version == 0xff, try walk.uint8() == ~version else {
        throw .wrong
      }
      let type = try walk.uint16()
      let length = try walk.count32(atMost: 1 << 24)
      guard let range = DoIP.lengths[type], range.contains(length) else { throw .wrong }
      return length + 8
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      let version = try walk.uint8()
      try walk.skip(1)
      let type = try walk.uint16()
      try walk.skip(4)
      var saying = Saying(
        isSufficient: true, what: "generic header with the version turned, type and length")
      saying.facts = [Fact(.version, "\(version)"), Fact(.message, DoIP.names[type] ?? "")]
      switch type {
      case 1, 2, 3, 5, 0x4001, 0x4003: saying.part = .request
      case 0, 4, 6, 0x4002, 0x4004, 0x8002, 0x8003: saying.part = .response
      default: break
      }
      // The announcement is sent to all without being asked for; it begins with the vehicle's number.
      if type == 4 {
        let vehicle = try walk.take(17)
        saying.part = .either
        saying.isOneWay = true
        if vehicle.isGraphic { saying.facts.append(Fact(.topic, vehicle)) }
      }
      if type == 0x8001 || type == 5, side == .client {
        saying.facts.append(Fact(.from, "0x" + String(try walk.uint16(), radix: 16)))
      }
      return saying
    })
}

private enum DoIP {
  static let lengths: [UInt16: ClosedRange<Int>] = [
    0x0000: 1...1, 0x0001: 0...0, 0x0002: 6...6, 0x0003: 17...17, 0x0004: 32...33, 0x0005: 7...11,
    0x0006: 9...13, 0x0007: 0...0, 0x0008: 2...2, 0x4001: 0...0, 0x4002: 3...7, 0x4003: 0...0,
    0x4004: 1...1, 0x8001: 5...1 << 24, 0x8002: 5...1 << 20, 0x8003: 5...1 << 20,
  ]
  static let names: [UInt16: String] = [
    0x0000: "negative acknowledge", 0x0001: "vehicle identification request",
    0x0002: "vehicle identification request with EID",
    0x0003: "vehicle identification request with VIN",
    0x0004: "vehicle announcement", 0x0005: "routing activation request",
    0x0006: "routing activation response", 0x0007: "alive check request",
    0x0008: "alive check response",
    0x4001: "entity status request", 0x4002: "entity status response", 0x4003: "power mode request",
    0x4004: "power mode response", 0x8001: "diagnostic message", 0x8002: "diagnostic acknowledge",
    0x8003: "diagnostic negative acknowledge",
  ]
}
