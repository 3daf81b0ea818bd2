/// NebulaGraph's `GraphService` (interface/graph.thrift of vesoft-inc/nebula) in the Thrift messages of a conversation.
struct NebulaGraph {
  private let calls: [ThriftMessage]
  private let replies: [ThriftMessage]

  init(calls: [ThriftMessage], replies: [ThriftMessage]) {
    self.calls = calls
    self.replies = replies
  }

  /// The server by its kind, the user, the statement and the session; none unless the structures are those of graphd.
  var facts: [Fact] {
    let logins = calls.filter { Self.isLogin($0) }
    let statements = calls.compactMap { Self.statement($0) }
    let generation = replies.compactMap { Self.generation(of: $0) }.first
    guard generation != nil || !logins.isEmpty && !statements.isEmpty else { return [] }
    guard !logins.isEmpty || !statements.isEmpty || calls.isEmpty else { return [] }
    var facts = [Fact(.server, "NebulaGraph graphd" + (generation.map { " " + $0 } ?? ""))]
    if case .string(let user)? = logins.first?.fields.first?.value {
      facts.append(Fact(.user, user))
    }
    if let statement = statements.first {
      facts.append(Fact(.message, statement.text))
      facts.append(Fact(.session, "\(statement.session)"))
    }
    return facts
  }

  /// `authenticate(1: string username, 2: string password)`.
  private static func isLogin(_ call: ThriftMessage) -> Bool {
    guard call.kind == .call, call.name.elementsEqual("authenticate".utf8), call.fields.count == 2,
      case .string = call.fields[0].value, case .string = call.fields[1].value
    else { return false }
    return call.fields.map(\.identifier) == [1, 2]
  }

  /// `execute(1: i64 sessionId, 2: string stmt)`, or `executeJson`.
  private static func statement(
    _ call: ThriftMessage
  ) -> (session: Int64, text: ArraySlice<UInt8>)? {
    guard call.kind == .call,
      ["execute", "executeJson"].contains(where: { call.name.elementsEqual($0.utf8) }),
      call.fields.map(\.identifier) == [1, 2],
      case .number(let session, bits: 64) = call.fields[0].value,
      case .string(let text) = call.fields[1].value, text.isWritten
    else { return nil }
    return (session, text)
  }

  /// Which releases answer like this: in 1.x `AuthResponse` has the session as field 2 and the error text as field 3, later
  /// the other way round; `ExecutionResponse` has the error text as field 3 and columns as field 4.
  private static func generation(of reply: ThriftMessage) -> String? {
    guard reply.kind == .reply, reply.fields.count == 1, reply.fields[0].identifier == 0,
      case .structure(let fields) = reply.fields[0].value, let code = fields.first,
      code.identifier == 1,
      case .number(-100_000...0, bits: 32) = code.value, fields.count > 1
    else { return nil }
    if reply.name.elementsEqual("authenticate".utf8) {
      switch (fields[1].identifier, fields[1].value) {
      case (2, .number(_, bits: 64)), (3, .string): return "1.x"
      case (2, .string), (3, .number(_, bits: 64)): return "2.x or later"
      default: return nil
      }
    }
    guard reply.name.elementsEqual("execute".utf8), fields[1].identifier == 2 else { return nil }
    switch fields[1].value {
    case .number(_, bits: 64): return "2.x or later"
    case .number(_, bits: 32): break
    default: return nil
    }
    for field in fields.dropFirst(2) {
      switch (field.identifier, field.value) {
      case (3, .string), (4, .other), (5, .other): return "1.x"
      case (3, .structure), (4, .string): return "2.x or later"
      default: break
      }
    }
    return nil
  }
}
