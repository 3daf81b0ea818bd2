import Flows
import Packets

extension Recogniser {
  /// Label distribution protocol: units of version, length and identifier, filled with messages.
  static let ldp = Recogniser(
    name: "ldp", title: "LDP", specification: "RFC 5036 section 3", transports: [.tcp, .udp],
    basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      try walk.expect([0, 1])
      let length = Int(try walk.uint16())
      guard (14...4096).contains(length) else { throw .wrong }
      return length + 4
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      try walk.skip(4)
      let router = try walk.take(4).map(String.init).joined(separator: ".")
      try walk.skip(2)
      let names: [UInt16: String] = [
        0x0001: "notification", 0x0100: "hello", 0x0200: "initialization", 0x0201: "keepalive",
        0x0202: "capability", 0x0300: "address", 0x0301: "address withdraw",
        0x0400: "label mapping",
        0x0401: "label request", 0x0402: "label withdraw", 0x0403: "label release",
        0x0404: "label abort request",
      ]
      var first: String?
      while walk.remaining > 0 {
        let type = try walk.uint16() & 0x7fff
        let length = Int(try walk.uint16())
        guard let name = names[type] ?? ((0x3e00...0x3fff).contains(type) ? "extension" : nil),
          length >= 4
        else {
          throw .wrong
        }
        first = first ?? name
        var body = try walk.walk(length)
        try body.skip(4)
        while body.remaining > 0 {
          try body.skip(2)
          try body.skip(Int(try body.uint16()))
        }
      }
      guard let first else { throw .wrong }
      return Saying(
        isSufficient: message.isWhole && first != "extension", isOneWay: first == "hello",
        facts: [Fact(.from, router), Fact(.message, first)],
        what: "unit with version, length and identifier, filled with messages")
    })
}
