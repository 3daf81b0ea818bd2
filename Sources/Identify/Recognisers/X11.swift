import Flows
import Packets

extension Recogniser {
  /// X window system: the client's set-up with byte order, version 11 and authorisation, and the server's answer.
  static let x11 = Recogniser(
    name: "x11", title: "X11", specification: "X Window System Protocol, chapter 8",
    transports: [.tcp],
    basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var walk = ByteWalk(conversation.client.bytes)
      let letter = try walk.uint8()
      guard letter == 0x6c || letter == 0x42 else { throw .wrong }
      walk.order = letter == 0x6c ? .little : .big
      try walk.skip(1)
      guard try walk.uint16() == 11, try walk.uint16() == 0 else { throw .wrong }
      let name = Int(try walk.uint16())
      let data = Int(try walk.uint16())
      guard name <= 64, data <= 256 else { throw .wrong }
      try walk.skip(2)
      let kind = try walk.take(name)
      guard kind.isGraphic else { throw .wrong }
      try walk.align(4)
      try walk.skip((data + 3) & ~3)
      var answer = ByteWalk(conversation.server.bytes, walk.order)
      let status = try answer.uint8()
      guard status <= 2 else { throw .wrong }
      let length = Int(try answer.uint8())
      guard try answer.uint16() == 11 || status == 2 else { throw .wrong }
      try answer.skip(2)
      let words = Int(try answer.uint16())
      var facts = [Fact(.status, ["refused", "accepted", "authenticate"][Int(status)])]
      if name > 0 { facts.append(Fact(.cipher, kind)) }
      if status == 0 {
        guard length <= words * 4 else { throw .wrong }
        let reason = try answer.take(length)
        guard reason.isWritten else { throw .wrong }
        facts.append(Fact(.error, reason))
      } else if status == 1 {
        try answer.skip(16)
        let vendor = Int(try answer.uint16())
        guard vendor < words * 4 else { throw .wrong }
        try answer.skip(14)
        let text = try answer.take(vendor)
        guard text.isWritten else { throw .wrong }
        facts.append(Fact(.server, text))
      }
      return .yes(
        Recognition(
          "x11", .answered,
          grounds: [Ground(.client, 0, walk.offset, "set-up"), Ground(.server, 0, 8, "answer")],
          facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
}
