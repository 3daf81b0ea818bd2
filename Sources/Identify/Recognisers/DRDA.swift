import Flows
import Packets

extension Recogniser {
  /// Distributed relational database architecture (DB2, Derby, Informix): DDM units of two lengths that must agree.
  static let drda = Recogniser(
    name: "drda", title: "DRDA (DB2, Derby)",
    specification: "The Open Group DRDA v5 volume 3 (DDM), DSS",
    transports: [.tcp], basis: [.built], tolerated: 2,
    length: { walk, _ throws(Misfit) in
      let length = Int(try walk.uint16())
      guard length >= 10 else { throw .wrong }
      try walk.expect([0xd0])
      let format = try walk.uint8()
      guard format & 0x80 == 0, (1...5).contains(format & 15) else { throw .wrong }
      return length & 0x7fff
    },
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      let length = Int(try walk.uint16())
      try walk.skip(1)
      let kind = try walk.uint8() & 15
      let correlation = try walk.uint16()
      let inner = Int(try walk.uint16())
      let point = try walk.uint16()
      guard length > 0x7fff || inner > 0x7fff || inner <= length - 6 else { throw .wrong }
      guard DDM.names[point] != nil || (0x1000...0x2fff).contains(point) || point & 0xff00 == 0
      else {
        throw .wrong
      }
      var saying = Saying(what: "DSS header with length, magic, format and correlation")
      switch kind {
      case 1: saying.part = .request
      case 2: saying.part = .response
      default: break
      }
      if kind == 1 || kind == 2 { saying.echo = UInt64(correlation) }
      if let name = DDM.names[point] {
        if kind == 1 { saying.facts = [Fact(.method, name)] }
        saying.isSufficient = point == 0x1041 || point == 0x1443
      }
      if saying.isSufficient, message.isWhole {
        // Parameters fill the object.
        guard inner == length - 6 else { throw .wrong }
        while walk.remaining > 0 {
          let size = Int(try walk.uint16())
          let code = try walk.uint16()
          guard size >= 4 else { throw .wrong }
          let value = try walk.take(size - 4)
          if code == 0x115e { saying.facts.append(Fact(.userAgent, DDM.text(value))) }
          if code == 0x1147 {
            saying.facts.append(Fact(side == .client ? .clientID : .server, DDM.text(value)))
          }
        }
      }
      return saying
    })
}

private enum DDM {
  static let names: [UInt16: String] = [
    0x1041: "EXCSAT", 0x1443: "EXCSATRD", 0x106d: "ACCSEC", 0x14ac: "ACCSECRD", 0x106e: "SECCHK",
    0x1219: "SECCHKRM", 0x2001: "ACCRDB", 0x2201: "ACCRDBRM", 0x200a: "EXCSQLIMM",
    0x200b: "EXCSQLSTT",
    0x200c: "OPNQRY", 0x200d: "PRPSQLSTT", 0x200e: "RDBCMM", 0x2014: "EXCSQLSET", 0x2414: "SQLSTT",
    0x2408: "SQLCARD", 0x241a: "QRYDSC", 0x241b: "QRYDTA", 0x2205: "OPNQRYRM",
  ]

  /// Text in EBCDIC (letters, digits, space and a few marks of code page 500), or as it is where it is ASCII.
  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    if bytes.isGraphic { return String(decoding: bytes, as: UTF8.self) }
    return String(
      decoding: bytes.map { byte -> UInt8 in
        switch byte {
        case 0x40: 0x20
        case 0x4b: 0x2e
        case 0x60: 0x2d
        case 0x61: 0x2f
        case 0x6d: 0x5f
        case 0x81...0x89: byte - 0x81 + 0x61
        case 0x91...0x99: byte - 0x91 + 0x6a
        case 0xa2...0xa9: byte - 0xa2 + 0x73
        case 0xc1...0xc9: byte - 0xc1 + 0x41
        case 0xd1...0xd9: byte - 0xd1 + 0x4a
        case 0xe2...0xe9: byte - 0xe2 + 0x53
        case 0xf0...0xf9: byte - 0xf0 + 0x30
        default: 0x3f
        }
      }, as: UTF8.self)
  }
}
