import Flows
import Packets

extension Recogniser {
  /// General Inter-ORB Protocol: a header of magic, version, byte order, type and size (OMG CORBA 3.3 part 2, section
  /// 9.4); requests name an operation, replies repeat the request's identifier.
  static let giop = Recogniser(
    name: "giop", title: "CORBA GIOP/IIOP", specification: "OMG CORBA 3.3 part 2, section 9.4",
    transports: [.tcp], basis: [.recorded, .built]
  ) { conversation in
    let client = GIOPSide(of: .client, in: conversation)
    let server = GIOPSide(of: .server, in: conversation)
    guard !client.isWrong, !server.isWrong else { return .no }
    let sides = [client, server]
    let all = sides.flatMap(\.messages)
    guard !all.isEmpty else { return .undecided }
    // Either end may ask once the connection stands, so who asked first is the client.
    let asks = client.asked.isEmpty ? (server.asked.isEmpty ? nil : Side.server) : .client
    if asks == .server, client.answered.isEmpty == false, server.answered.isEmpty { return .no }
    let isEchoed = !Set(client.asked).isDisjoint(with: server.answered)
    let bothSpeak = !client.messages.isEmpty && !server.messages.isEmpty
    let strength: Recognition.Strength? =
      if isEchoed {
        .proven
      } else if bothSpeak {
        .answered
      } else if all.contains(where: { $0.hasBody }) {
        .oneSided
      } else {
        nil
      }
    guard let strength else { return .undecided }
    var facts: [Fact] = []
    if let operation = all.compactMap(\.operation).first { facts.append(Fact(.method, operation)) }
    if let first = all.first { facts.append(Fact(.version, "1.\(first.minor)")) }
    if let status = all.compactMap(\.status).first { facts.append(Fact(.status, "\(status)")) }
    if let error = all.compactMap(\.exception).first { facts.append(Fact(.error, error)) }
    return .yes(
      Recognition(
        "giop", strength, grounds: sides.compactMap(\.ground), facts: facts,
        clientIs: asks ?? (server.answered.isEmpty ? nil : .client)))
  }
}

/// One side's GIOP messages.
private struct GIOPSide {
  private(set) var messages: [GIOPMessage] = []
  private(set) var isWrong = false
  private(set) var ground: Ground?

  /// Identifiers of its requests.
  var asked: [UInt32] { messages.compactMap { $0.kind.isRequest ? $0.request : nil } }
  /// Identifiers of its replies.
  var answered: [UInt32] { messages.compactMap { $0.kind.isReply ? $0.request : nil } }

  init(of side: Side, in conversation: Conversation) {
    let run = MessageRun(of: side, in: conversation, most: 16) { walk, _ throws(Misfit) in
      try GIOPMessage.length(&walk)
    }
    isWrong = run.isWrong
    for message in run.messages {
      do throws(Misfit) {
        messages.append(try GIOPMessage(message))
        if ground == nil {
          ground = Ground(
            side, message.offset, 12, "message header with version, flags, type and size")
        }
      } catch {
        isWrong = isWrong || error == .wrong
      }
    }
  }
}
