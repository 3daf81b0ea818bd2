import Flows
import Packets

extension Recogniser {
  /// DCE/RPC: connection-oriented version 5 over TCP, connectionless version 4 over UDP (PROFINET's context manager too).
  static let dcerpc = Recogniser(
    name: "dcerpc", title: "DCE/RPC (MS-RPC, PROFINET CM)",
    specification: "The Open Group C706 chapter 12, MS-RPCE section 2.2.2",
    transports: [.tcp, .udp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      guard walk.peek() != 4 else { return walk.remaining }
      return try DCERPC.length(walk)
    },
    read: { message, _ throws(Misfit) in
      message.bytes.first == 4
        ? try DCERPC.datagram(message) : try DCERPC.connected(message)
    })
}

/// The two forms of the protocol's header.
private enum DCERPC {
  /// Names of interfaces that are often met, by the first field of their identifier.
  static let interfaces: [UInt32: String] = [
    0xe1af_8308: "epmapper", 0x1234_5778: "samr or lsarpc", 0x1234_5678: "netlogon or spoolss",
    0x367a_bb81: "svcctl", 0xe351_4235: "drsuapi", 0x4b32_4fc8: "srvsvc", 0x6bff_d098: "wkssvc",
    0x338c_d001: "winreg", 0xdea0_0001: "PROFINET IO device", 0xdea0_0002: "PROFINET IO controller",
    0x0000_01a0: "IRemoteSCMActivator", 0x99fc_fec4: "IObjectExporter",
    0xf560_9ac8: "IWbemLoginClientID",
    0x1ff7_0682: "atsvc", 0x8651_9ac0: "ITaskSchedulerService",
  ]

  /// The transfer syntax NDR, as a server that writes the least significant byte first accepts it (C706 appendix I).
  private static let ndr: [UInt8] = [
    0x04, 0x5d, 0x88, 0x8a, 0xeb, 0x1c, 0xc9, 0x11, 0x9f, 0xe8, 0x08, 0x00, 0x2b, 0x10, 0x48, 0x60,
  ]

  /// The length in a connection-oriented header.
  static func length(_ walk: ByteWalk) throws(Misfit) -> Int {
    var walk = walk
    try walk.expect([5])
    guard try walk.uint8() <= 1 else { throw .wrong }
    guard try walk.uint8() <= 20 else { throw .wrong }
    try walk.skip(1)
    walk.order = try order(&walk)
    try walk.expect([0])
    let length = Int(try walk.uint16())
    // A short snapshot may end between the two lengths; the first one is then held against the packet's.
    let authentication = walk.remaining < 2 ? 0 : Int(try walk.uint16())
    guard length >= 16, authentication + 16 <= length else { throw .wrong }
    return length
  }

  /// Byte order, character set and floating point format of the data representation.
  private static func order(_ walk: inout ByteWalk) throws(Misfit) -> ByteWalk.Order {
    let first = try walk.uint8()
    guard first & 0xee == 0, try walk.uint8() <= 3 else { throw .wrong }
    try walk.expect([0])
    return first & 0x10 == 0 ? .big : .little
  }

  static func connected(_ message: MessageRun.Message) throws(Misfit) -> Saying {
    var walk = message.walk()
    try walk.skip(2)
    let type = try walk.uint8()
    try walk.skip(1)
    walk.order = try order(&walk)
    // A frame that is cut behind the length still has type and length, and the packet has that length.
    if message.isAccounted, walk.remaining < 9, [11, 12].contains(type) {
      return Saying(
        part: type == 11 ? .request : .response,
        what: "common header with type, data representation and the length of the fragment")
    }
    try walk.skip(5)
    let call = try walk.uint32()
    var saying = Saying(
      echo: UInt64(call),
      what: "common header with type, data representation and the length of the fragment")
    // Calls are numbered; two of them with their lengths are enough where one direction was captured.
    saying.isSufficientTwice = message.isWhole
    switch type {
    case 0, 18, 19: saying.part = .request
    case 2, 3, 13, 17: saying.part = .response
    case 12, 15:
      saying.part = .response
      saying.isSufficient =
        message.isWhole && message.bytes.firstIndex(ofRun: ndr, within: 512) != nil
    case 11, 14:
      saying.part = .request
      try walk.skip(8)
      let contexts = try walk.uint8()
      guard contexts > 0 else { throw .wrong }
      try walk.expect([0, 0, 0])
      try walk.skip(2)
      guard try walk.uint8() > 0 else { throw .wrong }
      try walk.expect([0])
      saying.facts = [Fact(.topic, try interface(&walk))]
      saying.isSufficient = true
    case 16: saying.part = .request
    default: throw .wrong
    }
    // The third leg of a log-on is answered by nothing.
    if type == 16 || type == 17 { saying.echo = nil }
    return saying
  }

  /// The name of an interface, or its identifier in the usual form.
  private static func interface(_ walk: inout ByteWalk) throws(Misfit) -> String {
    let first = try walk.uint32()
    let second = try walk.uint16()
    let third = try walk.uint16()
    let rest = Array(try walk.take(8))
    if let name = interfaces[first] { return name }
    func digits(_ value: UInt64, _ count: Int) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let tail = rest.map { digits(UInt64($0), 2) }
    return [
      digits(UInt64(first), 8), digits(UInt64(second), 4), digits(UInt64(third), 4),
      tail.prefix(2).joined(), tail.dropFirst(2).joined(),
    ].joined(separator: "-")
  }

  /// The connectionless header: 80 bytes, the length of the body near its end.
  static func datagram(_ message: MessageRun.Message) throws(Misfit) -> Saying {
    var walk = message.walk()
    try walk.expect([4])
    let type = try walk.uint8()
    try walk.skip(1)
    guard type <= 10, try walk.uint8() & 0xfc == 0 else { throw .wrong }
    walk.order = try order(&walk)
    try walk.skip(1)
    try walk.skip(16)
    let topic = try interface(&walk)
    // The activity is a time and a node; two words of it are enough to tell it again.
    let activity = try walk.uint64()
    let node = try walk.uint64()
    try walk.skip(8)
    let sequence = try walk.uint32()
    try walk.skip(6)
    let length = Int(try walk.uint16())
    try walk.skip(4)
    if message.isWhole {
      guard length <= walk.remaining, walk.remaining < length + 256 else { throw .wrong }
    }
    var saying = Saying(
      what: "connectionless header with interface, activity and the length of its body")
    saying.echo = activity ^ node &* 31 ^ UInt64(sequence) << 7
    switch type {
    case 0, 1: saying.part = .request
    case 2, 3, 4, 5, 6: saying.part = .response
    default: saying.part = .either
    }
    saying.isSufficient = message.isWhole && length == walk.remaining
    if type == 0 { saying.facts = [Fact(.topic, topic)] }
    return saying
  }
}
