import Flows
import Packets

extension Recogniser {
  /// TP-Link's smart home protocol: JSON whose bytes are each combined with the one before, from 171 on.
  static let tplinkSHP = Recogniser(
    name: "tplink-shp", title: "TP-Link Smart Home Protocol",
    specification: "Stroetmann and Esser: Reverse Engineering the TP-Link HS110",
    transports: [.tcp, .udp], basis: [.built],
    length: { walk, isDatagram throws(Misfit) in
      if isDatagram { return walk.remaining }
      let length = try walk.count32(atMost: 1 << 16)
      guard length >= 2 else { throw .wrong }
      return length + 4
    },
    read: { message, side throws(Misfit) in
      var key: UInt8 = 171
      let text = message.bytes.dropFirst(message.isDatagram ? 0 : 4).map { byte -> UInt8 in
        defer { key = byte }
        return byte ^ key
      }
      guard text.starts(with: Array("{\"".utf8).prefix(text.count)),
        text[...].isWritten || !message.isWhole
      else {
        throw .wrong
      }
      guard message.isWhole else { return nil }
      guard text.last == UInt8(ascii: "}"), text.count >= 7,
        text.count(where: { $0 == 0x7b }) == text.count(where: { $0 == 0x7d })
      else { throw .wrong }
      var saying = Saying(part: .either, isSufficient: true, what: "obfuscated JSON")
      let module = text.dropFirst(2).prefix { $0 != UInt8(ascii: "\"") }
      saying.facts = [Fact(side == .client ? .method : .message, module)]
      for (key, field) in [("\"alias\":\"", Field.host), ("\"model\":\"", .server)] {
        guard let start = text[...].firstIndex(ofRun: Array(key.utf8), within: text.count) else {
          continue
        }
        saying.facts.append(
          Fact(field, text[(start + key.utf8.count)...].prefix { $0 != UInt8(ascii: "\"") }))
      }
      return saying
    })
}
