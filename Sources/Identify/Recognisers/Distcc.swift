import Flows
import Packets

extension Recogniser {
  /// distcc: tokens of four letters, each with a number in eight hexadecimal digits, and as many arguments as it counts.
  static let distcc = Recogniser(
    name: "distcc", title: "distcc distributed compiler",
    specification: "distcc doc/protocol-1.txt, protocol-2.txt, protocol-3.txt", transports: [.tcp],
    basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes)
      let version = try number(after: "DIST", &client)
      guard (1...3).contains(version) else { throw .wrong }
      var facts = [Fact(.version, "\(version)")]
      // The directory, where preprocessing goes to the server too.
      if client.peek() == UInt8(ascii: "C") {
        try client.skip(try number(after: "CDIR", &client))
      }
      let count = try number(after: "ARGC", &client)
      guard (1...4096).contains(count) else { throw .wrong }
      for index in 0..<count {
        let argument = try client.take(try number(after: "ARGV", &client))
        guard argument.isWritten else { throw .wrong }
        if index == 0 { facts.append(Fact(.method, argument)) }
      }
      let request = Ground(.client, 0, client.offset, "version and arguments, as many as counted")
      var server = ByteWalk(conversation.server.bytes)
      guard server.remaining > 0 else {
        return .yes(Recognition("distcc", .oneSided, grounds: [request], facts: facts))
      }
      guard try number(after: "DONE", &server) == version else { throw .wrong }
      let status = try number(after: "STAT", &server)
      facts.append(Fact(.status, "\(status)"))
      return .yes(
        Recognition(
          "distcc", .answered,
          grounds: [request, Ground(.server, 0, server.offset, "version repeated and a status")],
          facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }

  private static func number(after token: String, _ walk: inout ByteWalk) throws(Misfit) -> Int {
    try walk.expect(Array(token.utf8))
    var value = 0
    for digit in try walk.take(8) {
      switch digit {
      case 0x30...0x39: value = value << 4 | Int(digit & 15)
      case 0x61...0x66: value = value << 4 | Int(digit - 0x57)
      default: throw .wrong
      }
    }
    guard value <= 1 << 28 else { throw .wrong }
    return value
  }
}
