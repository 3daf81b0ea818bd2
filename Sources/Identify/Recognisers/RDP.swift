import Flows
import Packets

extension Recogniser {
  /// Remote Desktop Protocol: an X.224 connection request with a cookie or a negotiation request, the confirm with the
  /// chosen security protocol (MS-RDPBCGR 2.2.1.1 and 2.2.1.2), or the MCS connect that old clients send at once.
  static let rdp = Recogniser(
    name: "rdp", title: "Remote Desktop Protocol",
    specification: "MS-RDPBCGR sections 2.2.1.1 to 2.2.1.4", transports: [.tcp],
    basis: [.recorded, .built, .corpus]
  ) { conversation in
    let client = TPKT(of: .client, in: conversation, most: 3)
    let server = TPKT(of: .server, in: conversation, most: 3)
    // Behind the first unit of each side may come TLS.
    if client.units.isEmpty, client.isWrong || server.units.isEmpty && server.isWrong { return .no }
    if server.units.isEmpty, server.isWrong { return .no }
    let request = client.units.first.map { RDPRequest($0) }
    let confirm = server.units.first.map { RDPConfirm($0) }
    if request?.isWrong == true || confirm?.isWrong == true { return .no }
    let connects = client.units.dropFirst().contains { RDPRequest.isConnectInitial($0.body) }
    let strength: Recognition.Strength? =
      if confirm?.isNegotiation == true, request?.isNegotiation == true {
        .answered
      } else if let request, confirm != nil, request.isMarked || connects {
        .answered
      } else if request?.isNegotiation == true || request?.cookie != nil || connects {
        .oneSided
      } else if confirm?.isNegotiation == true, conversation.client.bytes.isEmpty {
        .oneSided
      } else {
        nil
      }
    guard let strength else { return .undecided }
    var facts: [Fact] = []
    if let cookie = request?.cookie { facts.append(Fact(.cookie, cookie)) }
    if let confirm, confirm.isNegotiation {
      if let chosen = confirm.chosen { facts.append(Fact(.dialect, RDPRequest.name(of: chosen))) }
      if let failure = confirm.failure { facts.append(Fact(.error, failure)) }
      if confirm.chosen.map({ $0 & 0xb != 0 }) ?? false { facts.append(Fact(.upgrade, "tls")) }
    } else if let offered = request?.offered {
      facts.append(Fact(.dialect, RDPRequest.name(of: offered)))
    }
    var grounds: [Ground] = []
    if let unit = client.units.first {
      grounds.append(Ground(.client, 0, unit.header.count + 6, "connection request"))
    }
    if let unit = server.units.first {
      grounds.append(Ground(.server, 0, unit.header.count + 6, "connection confirm"))
    }
    // Nmap's TerminalServerCookie probe, and nobody's user.
    let isProbe = request?.cookie.map { $0.elementsEqual("nmap".utf8) } ?? false
    return .yes(
      Recognition(
        "rdp", strength, grounds: grounds, facts: facts, tool: isProbe ? "nmap" : nil))
  }
}

/// The X.224 connection request of an RDP client.
private struct RDPRequest {
  private(set) var isWrong = false
  /// Whether it has a negotiation request.
  private(set) var isNegotiation = false
  /// What follows `mstshash=` or `msts=`.
  private(set) var cookie: ArraySlice<UInt8>?
  /// Security protocols that are offered, as bits.
  private(set) var offered: UInt32?

  /// Whether something in it is RDP's own.
  var isMarked: Bool { isNegotiation || cookie != nil }

  init(_ unit: TPKT.Unit) {
    guard unit.type == 0xe0, unit.body.isEmpty else {
      isWrong = true
      return
    }
    guard unit.isWhole else { return }
    do throws(Misfit) {
      var walk = ByteWalk(unit.header, .little)
      try walk.expect([0, 0])
      try walk.skip(2)
      try walk.expect([0])
      try readToken(&walk)
      try readNegotiation(&walk)
      if walk.remaining > 0 { throw .wrong }
    } catch {
      isWrong = true
    }
  }

  /// The cookie or routing token: text up to CR LF.
  private mutating func readToken(_ walk: inout ByteWalk) throws(Misfit) {
    guard walk.remaining > 0, walk.peek() != 1 else { return }
    guard let end = walk.rest.firstIndex(of: 13) else { throw .wrong }
    let line = try walk.take(end - walk.rest.startIndex)
    try walk.expect([13, 10])
    guard line.isWritten else { throw .wrong }
    for mark in ["Cookie: mstshash=", "Cookie: msts="] where line.starts(with: mark.utf8) {
      cookie = line.dropFirst(mark.utf8.count)
      return
    }
    guard line.starts(with: "tsv://".utf8) else { throw .wrong }
    cookie = line
  }

  /// RDP_NEG_REQ, behind it perhaps RDP_NEG_CORRELATION_INFO.
  private mutating func readNegotiation(_ walk: inout ByteWalk) throws(Misfit) {
    guard walk.remaining > 0 else { return }
    try walk.expect([1])
    let flags = try walk.uint8()
    try walk.expect([8, 0])
    let protocols = try walk.uint32()
    guard flags & 0xf4 == 0, protocols < 0x40 else { throw .wrong }
    offered = protocols
    isNegotiation = true
    if flags & 8 != 0 {
      try walk.expect([6, 0, 36, 0])
      try walk.skip(32)
    }
  }

  /// Whether a T.125 connect-initial carries GCC data for Microsoft's key `Duca`.
  static func isConnectInitial(_ body: ArraySlice<UInt8>) -> Bool {
    guard body.starts(with: [0x7f, 0x65]) else { return false }
    let object: [UInt8] = [0x00, 0x05, 0x00, 0x14, 0x7c, 0x00, 0x01]
    guard let start = body.firstIndex(ofRun: object, within: 256) else { return false }
    return body[start...].firstIndex(ofRun: Array("Duca".utf8), within: 32) != nil
  }

  /// The security protocols of these bits.
  static func name(of protocols: UInt32) -> String {
    let names = ["ssl", "hybrid", "rdstls", "hybrid_ex", "rdsaad", "bit 5"]
    let set = names.enumerated().filter { protocols & 1 << UInt32($0.offset) != 0 }
    return set.isEmpty ? "rdp" : set.map(\.element).joined(separator: ",")
  }
}

/// The X.224 connection confirm of an RDP server.
private struct RDPConfirm {
  private(set) var isWrong = false
  /// Whether it has a negotiation response or failure.
  private(set) var isNegotiation = false
  /// The security protocol that the server chose.
  private(set) var chosen: UInt32?
  /// Why it refused.
  private(set) var failure: String?

  init(_ unit: TPKT.Unit) {
    guard unit.type == 0xd0, unit.body.isEmpty else {
      isWrong = true
      return
    }
    guard unit.isWhole, unit.header.count > 5 else { return }
    do throws(Misfit) {
      var walk = ByteWalk(unit.header.dropFirst(5), .little)
      let type = try walk.uint8()
      let flags = try walk.uint8()
      try walk.expect([8, 0])
      let value = try walk.uint32()
      guard walk.remaining == 0 else { throw .wrong }
      switch type {
      case 2 where flags < 0x20 && (value == 0 || value < 0x20 && value & (value - 1) == 0):
        chosen = value
      case 3 where (1...7).contains(value):
        failure =
          [
            "SSL required by server", "SSL not allowed by server", "SSL certificate not on server",
            "inconsistent flags", "hybrid required by server",
            "SSL with user authentication required",
            "Entra authentication required",
          ][Int(value) - 1]
      default: throw .wrong
      }
      isNegotiation = true
    } catch {
      isWrong = true
    }
  }
}

extension ArraySlice<UInt8> {
  /// Where this run of bytes first begins within so many bytes.
  func firstIndex(ofRun run: [UInt8], within most: Int) -> Int? {
    guard let first = run.first else { return nil }
    var index = startIndex
    let end = Swift.min(endIndex, startIndex + most)
    while index < end {
      if self[index] == first, self[index...].starts(with: run) { return index }
      index += 1
    }
    return nil
  }
}
