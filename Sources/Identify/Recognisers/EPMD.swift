import Flows
import Packets

extension Recogniser {
  /// Erlang's port mapper: a request behind its length, and the answer that belongs to it.
  static let epmd = Recogniser(
    name: "epmd", title: "Erlang Port Mapper Daemon",
    specification: "Erlang/OTP ERTS, Distribution Protocol, EPMD Protocol",
    transports: [.tcp], basis: [.recorded, .built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes)
      let length = Int(try client.uint16())
      guard length > 0, length <= 2048, client.remaining <= length else { throw .wrong }
      let request = try client.uint8()
      var facts: [Fact] = []
      var answer = ByteWalk(conversation.server.bytes)
      switch request {
      case UInt8(ascii: "n"):
        guard length == 1 else { throw .wrong }
        facts.append(Fact(.method, "NAMES_REQ"))
        guard try answer.uint32() <= 65_535 else { throw .wrong }
        let names = Lines(Array(answer.rest), most: 64)
        for line in names where line.isWhole {
          let words = line.bytes.words(most: 5)
          guard words.count == 5, words[0].elementsEqual("name".utf8),
            words[2].elementsEqual("at".utf8), words[3].elementsEqual("port".utf8),
            (words[4].asDecimal ?? 70_000) <= 65_535
          else { throw .wrong }
          if facts.count == 1 { facts.append(Fact(.answer, words[1])) }
        }
        // Without a node the answer is a port number alone.
        guard facts.count == 2 else { throw .short }
        try answer.skip(answer.remaining)
      case UInt8(ascii: "z"):
        let name = try client.take(length - 1)
        guard !name.isEmpty, name.isGraphic else { throw .wrong }
        facts = [Fact(.method, "PORT_PLEASE2_REQ"), Fact(.topic, name)]
        try answer.expect([UInt8(ascii: "w")])
        if try answer.uint8() == 0 {
          try EPMD.node(&answer)
        }
      case UInt8(ascii: "x"):
        let name = try EPMD.node(&client)
        facts = [Fact(.method, "ALIVE2_REQ"), Fact(.topic, name)]
        let kind = try answer.uint8()
        guard kind == UInt8(ascii: "y") || kind == UInt8(ascii: "v"), try answer.uint8() <= 1 else {
          throw .wrong
        }
        try answer.skip(kind == UInt8(ascii: "y") ? 2 : 4)
      default: throw .wrong
      }
      guard client.offset == length + 2, answer.remaining == 0 else { throw .wrong }
      return .yes(
        Recognition(
          "epmd", .answered,
          grounds: [
            Ground(.client, 0, length + 2, "request behind its length"),
            Ground(.server, 0, answer.offset, "answer of the request's kind"),
          ], facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
}

private enum EPMD {
  /// Port, type, protocol, versions, name and extra field of a node.
  @discardableResult
  static func node(_ walk: inout ByteWalk) throws(Misfit) -> ArraySlice<UInt8> {
    try walk.skip(2)
    let type = try walk.uint8()
    guard type == 72 || type == 77, try walk.uint8() == 0 else { throw .wrong }
    let (highest, lowest) = (try walk.uint16(), try walk.uint16())
    guard lowest <= highest, highest < 64 else { throw .wrong }
    let name = try walk.take(Int(try walk.uint16()))
    guard !name.isEmpty, name.isGraphic else { throw .wrong }
    try walk.skip(Int(try walk.uint16()))
    return name
  }
}
