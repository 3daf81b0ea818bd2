import Flows
import Packets

extension Recogniser {
  /// Apache Pulsar: two lengths and a command in Protocol Buffers whose type has its own field; CONNECT is answered by
  /// CONNECTED.
  static let pulsar = Recogniser(
    name: "pulsar", title: "Apache Pulsar",
    specification: "Apache Pulsar binary protocol specification, PulsarApi.proto",
    transports: [.tcp], basis: [.built], tolerated: 3,
    length: { walk, _ throws(Misfit) in
      let total = try walk.count32(atMost: 6 << 20)
      let command = try walk.count32(atMost: 6 << 20)
      guard command >= 4, total >= command + 4 else { throw .wrong }
      return total + 4
    },
    read: { message, _ throws(Misfit) in
      guard message.isWhole else { return nil }
      var walk = message.walk()
      try walk.skip(4)
      let size = Int(try walk.uint32())
      guard let command = ProtocolBuffer(try walk.take(size)),
        let type = command.entries.first, type.number == 1, type.bytes == nil,
        (2...80).contains(type.value), let body = command.bytes(of: type.value)
      else { throw .wrong }
      var saying = Saying(what: "lengths and a command that holds the field of its type")
      switch type.value {
      case 2, 3:
        saying.part = type.value == 2 ? .request : .response
        guard let fields = ProtocolBuffer(body), let program = fields.bytes(of: 1),
          !program.isEmpty, program.isGraphic
        else { throw .wrong }
        saying.facts = [Fact(type.value == 2 ? .userAgent : .server, program)]
      default: break
      }
      return saying
    })
}
