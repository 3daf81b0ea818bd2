import Flows
import Packets

extension Recogniser {
  /// Apple filing protocol in its data stream interface: a header of flags, command, request, offset or error, length.
  static let afp = Recogniser(
    name: "afp", title: "AFP over TCP (DSI)",
    specification: "Apple Filing Protocol Reference: Data Stream Interface",
    transports: [.tcp], basis: [.built],
    length: { walk, _ throws(Misfit) in
      guard try walk.uint8() <= 1, [1, 2, 3, 4, 5, 6, 8].contains(try walk.uint8()) else {
        throw .wrong
      }
      try walk.skip(6)
      let length = try walk.count32(atMost: 1 << 24)
      try walk.expect([0, 0, 0, 0])
      return length + 16
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      let isAnswer = try walk.uint8() == 1
      let command = try walk.uint8()
      let request = try walk.uint16()
      let error = try walk.uint32()
      let length = Int(try walk.uint32())
      try walk.skip(4)
      let names = [
        "", "CloseSession", "Command", "GetStatus", "OpenSession", "Tickle", "Write", "",
        "Attention",
      ]
      var saying = Saying(
        what: "DSI header with flags, command, request and the length of its data")
      saying.facts = [Fact(.method, names[Int(command)])]
      // Either side may tickle; only the server calls for attention.
      if command <= 4 { saying.part = isAnswer ? .response : .request }
      if command != 5, command != 8 { saying.echo = UInt64(request) << 8 | UInt64(command) }
      if !isAnswer, command == 3 { guard length == 0, error == 0 else { throw .wrong } }
      if command == 4, message.isWhole, length > 0 {
        // Options of type, length and value.
        let type = try walk.uint8()
        guard type <= 2, Int(try walk.uint8()) <= walk.remaining else { throw .wrong }
      }
      if isAnswer, command == 3, message.isWhole {
        // The server's status: offsets, then its name as a Pascal string.
        guard length > 24, Int(try walk.uint16()) < length else { throw .wrong }
        try walk.skip(8)
        let name = try walk.take(Int(try walk.uint8()))
        if name.isWritten, !name.isEmpty { saying.facts.append(Fact(.server, name)) }
      }
      return saying
    })
}
