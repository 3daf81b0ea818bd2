import Flows
import Packets

extension Recogniser {
  /// MongoDB's wire protocol: a header of length, request, request answered and operation, then BSON documents whose
  /// lengths fill the message.
  static let mongodb = Recogniser(
    name: "mongodb", title: "MongoDB", specification: "MongoDB wire protocol; BSON 1.1",
    transports: [.tcp], basis: [.built],
    length: { walk, _ throws(Misfit) in
      walk.order = .little
      let length = try walk.count32(atMost: 48_000_000)
      guard length >= 21 else { throw .wrong }
      try walk.skip(8)
      let operation = try walk.uint32()
      guard [1, 2001, 2002, 2004, 2005, 2006, 2007, 2010, 2011, 2012, 2013].contains(operation)
      else {
        throw .wrong
      }
      return length
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk(.little)
      try walk.skip(4)
      let request = try walk.uint32()
      let answered = try walk.uint32()
      let operation = try walk.uint32()
      var saying = Saying(
        part: side == .client ? .request : .response,
        what: "message header with length and operation, and documents that fill it")
      saying.echo = UInt64(side == .client ? request : answered)
      guard side == .client || operation == 1 || operation >= 2010 else { throw .wrong }
      guard operation != 1 || side == .server else { throw .wrong }
      switch operation {
      case 2013:
        guard try walk.uint32() & 0xffff & ~3 == 0 else { throw .wrong }
        let kind = try walk.uint8()
        guard kind <= 1 else { throw .wrong }
        if kind == 0 { try Mongo.note(&walk, in: &saying, side) }
      case 2004:
        try walk.skip(4)
        let collection = try walk.terminated(most: 255)
        guard collection.isWritten, collection.contains(0x2e) else { throw .wrong }
        saying.facts.append(Fact(.database, collection.prefix { $0 != 0x2e }))
        try walk.skip(8)
        try Mongo.note(&walk, in: &saying, side)
      case 1:
        try walk.skip(20)
        if walk.remaining > 0 { try Mongo.note(&walk, in: &saying, side) }
      case 2012:
        guard try walk.uint32() >= 2004 else { throw .wrong }
        try walk.skip(4)
        guard try walk.uint8() <= 3 else { throw .wrong }
      default: break
      }
      return saying
    })
}

private enum Mongo {
  /// Reads the first element of a document (the command) and its database.
  static func note(_ walk: inout ByteWalk, in saying: inout Saying, _ side: Side) throws(Misfit) {
    let length = try walk.count32(atMost: 17 << 20)
    guard length >= 5 else { throw .wrong }
    var document = try walk.walk(length - 4)
    guard document.rest.last == 0 else { throw .wrong }
    saying.isSufficient = document.bytes.count > 8
    var isFirst = true
    for _ in 0..<32 {
      let type = try document.uint8()
      if type == 0 { break }
      let key = try document.terminated(most: 255)
      guard key.isWritten else { throw .wrong }
      if isFirst, side == .client { saying.facts.append(Fact(.method, key)) }
      isFirst = false
      switch type {
      case 1, 9, 0x11, 0x12: try document.skip(8)
      case 2:
        let text = try document.take(try document.count32(atMost: 17 << 20))
        guard text.last == 0 else { throw .wrong }
        if key.elementsEqual("$db".utf8) { saying.facts.append(Fact(.database, text.dropLast())) }
        if key.elementsEqual("errmsg".utf8) { saying.facts.append(Fact(.error, text.dropLast())) }
      case 3, 4:
        let length = try document.count32(atMost: 17 << 20)
        guard length >= 5 else { throw .wrong }
        try document.skip(length - 4)
      case 5: try document.skip(try document.count32(atMost: 17 << 20) + 1)
      case 7: try document.skip(12)
      case 8: try document.skip(1)
      case 0x10: try document.skip(4)
      case 0x0a, 0x06, 0xff, 0x7f: break
      case 0x13: try document.skip(16)
      default: return
      }
    }
  }
}
