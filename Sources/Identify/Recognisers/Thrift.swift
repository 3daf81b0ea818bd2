import Flows
import Packets

extension Recogniser {
  /// Apache Thrift RPC: a message of name, type, sequence identifier and a structure that parses to its stop byte, in
  /// the binary or compact protocol, bare, framed or in the header transport. A reply repeats name and identifier.
  static let thrift = Recogniser(
    name: "thrift", title: "Apache Thrift RPC",
    specification: "Apache Thrift doc/specs: binary protocol, compact protocol, HeaderFormat",
    transports: [.tcp, .udp], basis: [.recorded, .built, .corpus]
  ) { ThriftExchange($0).opinion }
}

/// The Thrift messages of both sides.
private struct ThriftExchange {
  let client: ThriftSide
  let server: ThriftSide

  init(_ conversation: Conversation) {
    client = ThriftSide(of: .client, in: conversation)
    server = ThriftSide(of: .server, in: conversation)
  }

  var opinion: Opinion {
    guard !client.isWrong, !server.isWrong else { return .no }
    // A client calls and a server replies.
    let calls = client.messages
    let replies = server.messages
    guard calls.allSatisfy({ $0.kind != .reply && $0.kind != .exception }),
      replies.allSatisfy({ $0.kind != .call && $0.kind != .oneway })
    else { return .no }
    guard let first = calls.first ?? replies.first else { return .undecided }
    guard let strength else { return .undecided }
    var facts: [Fact] = []
    if !first.name.isEmpty { facts.append(Fact(.method, first.name)) }
    if let layout = client.layout ?? server.layout { facts.append(Fact(.dialect, layout.rawValue)) }
    if let answer = replies.first, let kind = answer.kind {
      facts.append(Fact(.status, "\(kind)"))
      if kind == .exception, case .string(let text)? = answer.fields.first?.value {
        facts.append(Fact(.error, text))
      }
    }
    facts += NebulaGraph(calls: calls, replies: replies).facts
    return .yes(
      Recognition("thrift", strength, grounds: client.grounds + server.grounds, facts: facts))
  }

  private var strength: Recognition.Strength? {
    let calls = client.messages
    let replies = server.messages
    for reply in replies {
      for call in calls
      where call.name == reply.name && call.kind != .oneway && call.sequence == reply.sequence {
        return call.sequence == 0 && call.name.isEmpty ? .answered : .proven
      }
    }
    if !calls.isEmpty, !replies.isEmpty {
      return calls.contains { call in replies.contains { $0.name == call.name } }
        ? .answered : .oneSided
    }
    let all = calls + replies
    if all.contains(where: { $0.kind == .oneway && $0.isWhole }) { return .consistent }
    let distinct = all.filter { $0.isWhole && !$0.name.isEmpty }
    if !distinct.isEmpty { return .oneSided }
    // A message that is longer than what is kept: its head must say enough by itself.
    let layout = client.layout ?? server.layout
    let isStrict = layout == .binary || layout == .framedBinary || layout == .header
    return isStrict && all.contains { $0.name.count >= 3 } ? .oneSided : nil
  }
}

/// One side's Thrift messages.
private struct ThriftSide {
  private(set) var layout: ThriftLayout?
  private(set) var messages: [ThriftMessage] = []
  private(set) var grounds: [Ground] = []
  private(set) var isWrong = false

  /// Messages of a side that are read.
  private static let most = 16

  init(of side: Side, in conversation: Conversation) {
    let bytes = conversation[side].bytes[...]
    var runs = [bytes]
    if conversation.transport == .udp {
      runs = conversation.datagrams(from: side).prefix(Self.most).map { bytes[$0.turn.range] }
    }
    for run in runs where !isWrong {
      read(run, of: side, isDatagram: conversation.transport == .udp)
    }
  }

  private mutating func read(_ run: ArraySlice<UInt8>, of side: Side, isDatagram: Bool) {
    var walk = ByteWalk(run)
    while walk.remaining > 0, messages.count < Self.most {
      let start = walk.offset
      do throws(Misfit) {
        let layout: ThriftLayout
        if let known = self.layout { layout = known } else { layout = try ThriftLayout(walk) }
        let message = try ThriftMessage(&walk, layout)
        guard !isDatagram || !message.isWhole || walk.remaining == 0 else { throw .wrong }
        self.layout = layout
        messages.append(message)
        if grounds.isEmpty {
          grounds.append(
            Ground(side, run.startIndex + start, walk.offset - start, "message \(layout.rawValue)"))
        }
        guard message.isWhole else { return }
      } catch {
        isWrong = isWrong || error == .wrong
        return
      }
    }
  }
}
