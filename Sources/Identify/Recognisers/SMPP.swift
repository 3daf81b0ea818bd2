import Flows
import Packets

extension Recogniser {
  /// Short message peer-to-peer: units of length, command, status and sequence; the answer repeats the sequence.
  static let smpp = Recogniser(
    name: "smpp", title: "SMPP", specification: "SMPP v3.4 issue 1.2, sections 3 and 5.1",
    transports: [.tcp],
    basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      let length = try walk.count32(atMost: 1 << 17)
      let command = try walk.uint32()
      guard length >= 16, SMPP.names[command & 0x7fff_ffff] != nil else { throw .wrong }
      return length
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      let length = try walk.uint32()
      let command = try walk.uint32()
      let status = try walk.uint32()
      let sequence = try walk.uint32()
      let base = command & 0x7fff_ffff
      let isAnswer = command & 0x8000_0000 != 0
      guard isAnswer || status == 0 && base > 0, sequence > 0, status < 0x1_0000,
        let name = SMPP.names[base]
      else {
        throw .wrong
      }
      var saying = Saying(
        echo: UInt64(sequence) << 16 | UInt64(base),
        what: "PDU header with length, command and sequence number")
      // Messages go both ways once the client is bound.
      switch base {
      case 1, 2, 9:
        saying.part = isAnswer ? .response : .request
        if !isAnswer {
          let user = try walk.terminated(most: 16)
          _ = try walk.terminated(most: 9)
          let kind = try walk.terminated(most: 13)
          guard user.isWritten, kind.isWritten else { throw .wrong }
          let version = try walk.uint8()
          guard version <= 0x50 else { throw .wrong }
          saying.facts = [
            Fact(.user, user), Fact(.version, "\(version >> 4).\(version & 15)"),
          ]
          saying.isSufficient = message.isWhole
        } else if message.isWhole, walk.remaining > 0 {
          let server = try walk.terminated(most: 16)
          guard server.isWritten else { throw .wrong }
          saying.facts = [Fact(.server, server)]
        }
      case 6, 0x15: guard length == 16 else { throw .wrong }
      default: break
      }
      saying.facts.append(Fact(.method, name))
      if isAnswer, status != 0 {
        saying.facts.append(Fact(.error, "0x" + String(status, radix: 16)))
      }
      return saying
    })
}

private enum SMPP {
  static let names: [UInt32: String] = [
    0: "generic_nack", 1: "bind_receiver", 2: "bind_transmitter", 3: "query_sm", 4: "submit_sm",
    5: "deliver_sm", 6: "unbind", 7: "replace_sm", 8: "cancel_sm", 9: "bind_transceiver",
    0xb: "outbind",
    0x15: "enquire_link", 0x21: "submit_multi", 0x102: "alert_notification", 0x103: "data_sm",
    0x111: "broadcast_sm", 0x112: "query_broadcast_sm", 0x113: "cancel_broadcast_sm",
  ]
}
