import Flows
import Packets

extension Recogniser {
  /// ClickHouse's native protocol: each side's hello with its name and version; the client's with database and user.
  static let clickhouse = Recogniser(
    name: "clickhouse", title: "ClickHouse native",
    specification: "ClickHouse documentation: Native protocol, client and server",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var walk = ByteWalk(conversation.client.bytes)
      try walk.expect([0])
      let name = try Self.text(&walk)
      guard name.count >= 2 else { throw .wrong }
      let major = try walk.variable(atMost: 3)
      let minor = try walk.variable(atMost: 3)
      guard (50_000...100_000).contains(try walk.variable(atMost: 3)), major < 10_000,
        minor < 10_000
      else { throw .wrong }
      let database = try Self.text(&walk)
      let user = try Self.text(&walk)
      _ = try Self.text(&walk)
      var facts = [Fact(.userAgent, name), Fact(.user, user)]
      if !database.isEmpty { facts.append(Fact(.database, database)) }
      var grounds = [Ground(.client, 0, walk.offset, "client hello")]
      var answer = ByteWalk(conversation.server.bytes)
      if answer.remaining > 0 {
        let kind = try answer.uint8()
        // An exception comes instead of the hello when the log-in fails.
        guard kind == 0 || kind == 2 else { throw .wrong }
        if kind == 2 { try answer.skip(4) }
        let server = try Self.text(&answer)
        guard server.count >= 2 else { throw .wrong }
        facts.append(Fact(kind == 0 ? .server : .error, server))
        if kind == 0 {
          facts.append(
            Fact(.version, "\(try answer.variable(atMost: 3)).\(try answer.variable(atMost: 3))"))
        }
        grounds.append(Ground(.server, 0, answer.offset, kind == 0 ? "server hello" : "exception"))
      }
      return .yes(
        Recognition(
          "clickhouse", grounds.count == 2 ? .answered : .oneSided, grounds: grounds, facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }

  /// A text behind its length.
  private static func text(_ walk: inout ByteWalk) throws(Misfit) -> ArraySlice<UInt8> {
    let length = try walk.variable(atMost: 2)
    guard length <= 1024 else { throw .wrong }
    let text = try walk.take(Int(length))
    guard text.isWritten else { throw .wrong }
    return text
  }
}
