import Flows
import Packets

extension Recogniser {
  /// ONC RPC version 2 over UDP or with record marks over TCP: NFS, mount, portmapper and others.
  static let sunrpc = Recogniser(
    name: "sunrpc", title: "ONC/Sun RPC (NFS, portmapper)",
    specification: "RFC 5531 sections 9 and 11",
    transports: [.tcp, .udp], basis: [.built, .corpus],
    length: { walk, isDatagram throws(Misfit) in
      isDatagram ? walk.remaining : try SunRPC.length(&walk)
    },
    read: { message, _ throws(Misfit) in try SunRPC.read(message) })
}

/// Calls and replies of RFC 5531.
private enum SunRPC {
  static let programs: [UInt32: String] = [
    100_000: "portmap", 100_001: "rstat", 100_002: "rusers", 100_003: "nfs", 100_004: "ypserv",
    100_005: "mount", 100_007: "ypbind", 100_011: "rquota", 100_021: "nlockmgr", 100_024: "status",
    100_227: "nfs_acl", 100_068: "cmsd", 100_083: "ttdbserver", 150_001: "pcnfsd",
    390_113: "nsrexec",
    395_183: "vxi11 core", 395_184: "vxi11 abort", 100_232: "sadmind", 805_306_368: "dmispd",
  ]

  /// The record's length over TCP: fragments up to the one with the highest bit.
  static func length(_ walk: inout ByteWalk) throws(Misfit) -> Int {
    for _ in 0..<8 {
      let mark = try walk.uint32()
      let count = Int(mark & 0x7fff_ffff)
      guard count <= 1 << 24, count >= 4 else { throw .wrong }
      if walk.offset == 4 {
        // The first fragment holds the start of a message.
        guard count >= 24 else { throw .wrong }
        var start = walk
        try start.skip(4)
        guard try start.uint32() <= 1 else { throw .wrong }
      }
      try walk.skip(count)
      if mark & 0x8000_0000 != 0 { return walk.offset }
    }
    throw .wrong
  }

  private static func second(_ walk: ByteWalk) throws(Misfit) -> UInt32 {
    var walk = walk
    try walk.skip(4)
    return try walk.uint32()
  }

  static func read(_ message: MessageRun.Message) throws(Misfit) -> Saying {
    var walk = message.walk()
    if !message.isDatagram { try walk.skip(4) }
    let body = ByteWalk(walk.rest)
    return try second(body) == 0 ? try call(body) : try reply(body)
  }

  private static func call(_ body: ByteWalk) throws(Misfit) -> Saying {
    var walk = body
    let transaction = try walk.uint32()
    try walk.expect([0, 0, 0, 0, 0, 0, 0, 2])
    let program = try walk.uint32()
    let version = try walk.uint32()
    let procedure = try walk.uint32()
    // Who asks which versions there are asks for the highest number, or for one that nobody has.
    guard program < 0x6000_0000, version < 4096 || programs[program] != nil, procedure < 4096 else {
      throw .wrong
    }
    var facts = [
      Fact(.message, "\(programs[program] ?? "program \(program)") procedure \(procedure)")
    ]
    facts.append(Fact(.version, "\(version)"))
    for index in 0..<2 {
      let flavor = try walk.uint32()
      let length = try walk.count32(atMost: 400)
      guard flavor <= 6 || flavor >= 300_000 && flavor < 500_000 else { throw .wrong }
      var credential = try walk.walk((length + 3) & ~3)
      guard index == 0, flavor == 1, (try? credential.skip(4)) != nil,
        let count = try? credential.count32(atMost: 255), let name = try? credential.take(count),
        name.isGraphic, !name.isEmpty
      else { continue }
      facts.append(Fact(.clientID, name))
    }
    // One call alone is what scanners send: a reply or another call, of a known program, has to come with it.
    return Saying(
      part: .request, echo: UInt64(transaction), isSufficient: false,
      isSufficientTwice: programs[program] != nil, facts: facts,
      what: "call with version 2, program, procedure and credentials")
  }

  private static func reply(_ body: ByteWalk) throws(Misfit) -> Saying {
    var walk = body
    let transaction = try walk.uint32()
    try walk.expect([0, 0, 0, 1])
    let accepted = try walk.uint32()
    var saying = Saying(
      part: .response, echo: UInt64(transaction), what: "reply with the state that its call allows")
    switch accepted {
    case 0:
      let flavor = try walk.uint32()
      guard flavor <= 6 else { throw .wrong }
      try walk.skip((try walk.count32(atMost: 400) + 3) & ~3)
      let status = try walk.uint32()
      guard status <= 5 else { throw .wrong }
      saying.facts = [Fact(.status, "accepted \(status)")]
      saying.isSufficient = flavor == 0
    case 1:
      guard try walk.uint32() <= 1 else { throw .wrong }
      saying.facts = [Fact(.status, "denied")]
    default: throw .wrong
    }
    return saying
  }
}
