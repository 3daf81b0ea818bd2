import Flows
import Packets

extension Recogniser {
  /// SOCKS 4, 4a and 5: a request to connect onwards and the proxy's reply.
  static let socks = Recogniser(
    name: "socks", title: "SOCKS proxy",
    specification: "RFC 1928; RFC 1929; SOCKS 4 and 4A protocol notes",
    transports: [.tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else { return .no }
    switch conversation.client.bytes.first {
    case 4: return SOCKS4.opinion(on: conversation)
    case 5: return SOCKS5.opinion(on: conversation)
    default: return .no
    }
  }.orFromFirstBytes
}

/// SOCKS 4: version, command, port, address, user and, in 4A, a host name.
private enum SOCKS4 {
  static func opinion(on conversation: Conversation) -> Opinion {
    let client = conversation.client.bytes
    let server = conversation.server.bytes
    if client.count >= 2, client[1] != 1, client[1] != 2 { return .no }
    guard isReply(server) else { return .no }
    guard client.count >= 9 else { return .undecided }
    guard let userEnd = client[8...].prefix(256).firstIndex(of: 0) else {
      return client.count > 264 || !client[8...].isText ? .no : .undecided
    }
    guard client[8..<userEnd].isText else { return .no }
    let port = Int(client[2]) << 8 | Int(client[3])
    // In 4A an address 0.0.0.x says that a host name follows.
    let isNamed = client[4] == 0 && client[5] == 0 && client[6] == 0 && client[7] != 0
    var host = client[4..<8].map(String.init).joined(separator: ".")
    var end = userEnd + 1
    if isNamed {
      guard end < client.count else { return .undecided }
      guard let nameEnd = client[end...].prefix(256).firstIndex(of: 0) else {
        return client.count - end > 256 || !client[end...].isPrintableASCII ? .no : .undecided
      }
      guard SOCKS5.isHostName(client[end..<nameEnd]) else { return .no }
      host = client[end..<nameEnd].asText
      end = nameEnd + 1
    }
    guard port != 0, isNamed || client[4] != 0 else { return .no }
    var facts = [Fact(.host, "\(host):\(port)")]
    if userEnd > 8 { facts.append(Fact(.user, client[8..<userEnd])) }
    facts.append(Fact(.version, isNamed ? "4a" : "4"))
    var grounds = [Ground(.client, 0, end, "request")]
    guard server.count >= 8 else {
      guard isNamed, server.isEmpty else { return .undecided }
      return .yes(Recognition("socks", .oneSided, grounds: grounds, facts: facts))
    }
    grounds.append(Ground(.server, 0, 8, "reply"))
    facts.append(Fact(.status, String(server[1])))
    return .yes(Recognition("socks", .answered, grounds: grounds, facts: facts))
  }

  /// Version 0, a code from 90 to 93, six more bytes; what follows a refusal is nothing.
  private static func isReply(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first else { return true }
    guard first == 0 else { return false }
    guard bytes.count >= 2 else { return true }
    guard (90...93).contains(bytes[1]) else { return false }
    return bytes[1] == 90 || bytes.count <= 8
  }
}

/// SOCKS 5: methods offered and chosen, perhaps a login, then the request and its reply.
private enum SOCKS5 {
  static func opinion(on conversation: Conversation) -> Opinion {
    let client = conversation.client.bytes
    let server = conversation.server.bytes
    guard client.count >= 2 else { return server.isEmpty || server[0] == 5 ? .undecided : .no }
    let offered = Int(client[1])
    guard offered > 0, server.isEmpty || server[0] == 5 else { return .no }
    guard client.count >= 2 + offered else { return .undecided }
    let methods = client[2..<2 + offered]
    // RFC 1928 section 3: 0 none, 1 GSS-API, 2 name and password, to 9 others of IANA's list.
    guard methods.allSatisfy({ $0 <= 9 || $0 >= 0x80 && $0 < 0xff }), Set(methods).count == offered
    else { return .no }
    var request = Array(client[(2 + offered)...])
    guard server.count >= 2 else {
      // The client does not wait for the answer, or the answer was not captured.
      guard server.isEmpty, let (destination, length) = destination(request), length > 0 else {
        return .undecided
      }
      return .yes(
        Recognition(
          "socks", .consistent, grounds: [Ground(.client, 0, 2 + offered + length, "requests")],
          facts: [Fact(.host, destination), Fact(.version, "5")]))
    }
    let chosen = server[1]
    guard chosen == 0xff || methods.contains(chosen) else { return .no }
    var reply = Array(server[2...])
    var facts: [Fact] = []
    if chosen == 0xff, !reply.isEmpty { return .no }
    if chosen == 2 {
      guard passLogin(&request, &reply, &facts) else { return .no }
    }
    if chosen == 0 || chosen == 2 {
      guard check(request, reply, &facts) else { return .no }
    }
    facts.append(Fact(.version, "5"))
    return .yes(
      Recognition(
        "socks", .answered,
        grounds: [
          Ground(.client, 0, 2 + offered, "methods offered"),
          Ground(.server, 0, 2, "method chosen"),
        ], facts: facts))
  }

  /// Name and password (RFC 1929): 1, length, name, length, password; answered by 1 and a status.
  private static func passLogin(
    _ request: inout [UInt8], _ reply: inout [UInt8], _ facts: inout [Fact]
  ) -> Bool {
    guard let first = request.first else { return reply.isEmpty }
    guard first == 1, reply.isEmpty || reply[0] == 1 else { return false }
    guard request.count >= 2 else { return reply.isEmpty }
    let name = Int(request[1])
    guard request.count > 2 + name else { return reply.isEmpty }
    let password = Int(request[2 + name])
    facts.append(Fact(.user, request[2..<2 + name]))
    guard request.count >= 3 + name + password else { return reply.isEmpty }
    request.removeFirst(3 + name + password)
    if reply.count >= 2, reply[1] != 0 { return reply.count == 2 }
    reply.removeFirst(min(2, reply.count))
    return true
  }

  /// The request and the reply behind the negotiation, as far as they are there.
  private static func check(_ request: [UInt8], _ reply: [UInt8], _ facts: inout [Fact]) -> Bool {
    guard let first = request.first else { return reply.isEmpty }
    guard first == 5 else { return false }
    if request.count >= 3, !(1...3).contains(request[1]) || request[2] != 0 { return false }
    if let (destination, length) = destination(request) {
      guard length > 0 else { return false }
      facts.append(Fact(.host, destination))
    }
    if let first = reply.first, first != 5 { return false }
    if reply.count >= 3 {
      guard reply[1] <= 8 || reply[1] >= 0xf0, reply[2] == 0 else { return false }
      facts.append(Fact(.status, String(reply[1])))
    }
    return reply.count < 4 || [1, 3, 4].contains(reply[3])
  }

  /// Where a request leads, `host:port`, and its length; a length of 0 when it is no request; nil when it is cut.
  private static func destination(_ request: [UInt8]) -> (String, Int)? {
    guard request.count >= 5 else { return nil }
    guard request[0] == 5, (1...3).contains(request[1]), request[2] == 0 else { return ("", 0) }
    let host: String
    let end: Int
    switch request[3] {
    case 1:
      guard request.count >= 10 else { return nil }
      host = request[4..<8].map(String.init).joined(separator: ".")
      end = 8
    case 3:
      end = 5 + Int(request[4])
      guard request.count >= end + 2 else { return nil }
      guard isHostName(request[5..<end]) else { return ("", 0) }
      host = request[5..<end].asText
    case 4:
      end = 20
      guard request.count >= end + 2 else { return nil }
      let groups = stride(from: 4, to: 20, by: 2).map {
        String(Int(request[$0]) << 8 | Int(request[$0 + 1]), radix: 16)
      }
      host = "[" + groups.joined(separator: ":") + "]"
    default: return ("", 0)
    }
    return ("\(host):\(Int(request[end]) << 8 | Int(request[end + 1]))", end + 2)
  }

  static func isHostName(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty
      && bytes.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x3a: true
        default: false
        }
      }
  }
}
