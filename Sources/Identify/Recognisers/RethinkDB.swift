import Flows
import Packets

extension Recogniser {
  /// RethinkDB: a magic of four bytes; then JSON that ends in NUL on both sides, or the older form with a key's length.
  static let rethinkdb = Recogniser(
    name: "rethinkdb", title: "RethinkDB",
    specification: "RethinkDB documentation, Writing RethinkDB drivers",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes, .little)
      var server = ByteWalk(conversation.server.bytes, .little)
      let magic = try client.uint32()
      let what: String
      var facts: [Fact] = []
      switch magic {
      case 0x34c2_bdc3:
        what = "magic of version 1.0 and its authentication"
        let asked = try object(&client)
        guard asked["protocol_version"] != nil, asked["authentication_method"]?.string != nil else {
          throw .wrong
        }
        let answer = try object(&server)
        guard answer["success"] != nil else { throw .wrong }
        if let version = answer["server_version"]?.string { facts = [Fact(.version, version)] }
      case 0x400c_2d20, 0x5f75_e83e, 0x7230_81e1, 0x3f61_ba36:
        what = "magic, authorisation key and form of the queries"
        // Version 0.1 had no key.
        if magic != 0x3f61_ba36 { try client.skip(try client.count32(atMost: 4096)) }
        if magic == 0x400c_2d20 || magic == 0x5f75_e83e {
          let form = try client.uint32()
          guard form == 0x7e69_70c7 || form == 0x271f_fc41 else { throw .wrong }
        }
        let answer = try server.terminated(most: 1024)
        guard answer.isWritten,
          answer.elementsEqual("SUCCESS".utf8) || answer.startsIgnoringCase("ERROR")
        else { throw .wrong }
        facts = [Fact(.answer, answer)]
      default: throw .wrong
      }
      return .yes(
        Recognition(
          "rethinkdb", .answered,
          grounds: [
            Ground(.client, 0, client.offset, what), Ground(.server, 0, server.offset, "answer"),
          ], facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }

  private static func object(_ walk: inout ByteWalk) throws(Misfit) -> JSONObject {
    let text = Array(try walk.terminated())
    guard case .whole(let object, let end) = JSONObject.read(text), end == text.count else {
      throw .wrong
    }
    return object
  }
}
