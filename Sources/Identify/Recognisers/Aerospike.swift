import Flows
import Packets

extension Recogniser {
  /// Aerospike: a header of version, type and a length of six bytes on both sides; a client begins with questions
  /// about the server, whose names the answers repeat.
  static let aerospike = Recogniser(
    name: "aerospike", title: "Aerospike",
    specification: "Aerospike server source, base/proto.h; C client, as_proto.h",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes)
      var server = ByteWalk(conversation.server.bytes)
      let asked = try content(&client)
      let told = try content(&server)
      guard let name = asked.split(separator: 10).first, name.isGraphic, told.isWritten,
        let line = told.split(separator: 10).first, line.starts(with: name),
        line.dropFirst(name.count).first == 9
      else { throw .wrong }
      return .yes(
        Recognition(
          "aerospike", .proven,
          grounds: [
            Ground(.client, 0, client.offset, "header and the names that its length counts"),
            Ground(.server, 0, server.offset, "answer that repeats the name asked for"),
          ], facts: [Fact(.method, name)]))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }

  private static func content(_ walk: inout ByteWalk) throws(Misfit) -> ArraySlice<UInt8> {
    try walk.expect([2, 1])
    let length = try walk.number(6)
    guard (1...1 << 24).contains(length) else { throw .wrong }
    return try walk.take(Int(length))
  }
}
