/// What both sides of a conversation on the port say in turn.
struct Script {
  enum Side { case client, server }

  /// How a conversation ends, and whether it gets that far.
  enum Kind {
    /// A TCP connection with its handshake and its end.
    case connection
    /// A SYN that nobody answers, sent three times.
    case unanswered
    /// A SYN that is refused.
    case refused
    /// Datagrams.
    case datagrams
  }

  var kind = Kind.connection
  var said: [(side: Side, bytes: [UInt8])] = []
  /// Whether the watched port is the client's: a coincidence.
  var isReversed = false

  /// One of the scripts, chosen and varied by `random`.
  static func draw(_ random: inout Random) -> Script {
    let host = "host\(random.below(1_000)).example"
    switch random.below(20) {
    case 0..<5: return web(host, &random)
    case 5..<8: return tls(host, &random)
    case 8..<10: return ssh(&random)
    case 10: return mail(host)
    case 11: return redis(&random)
    case 12: return telephone(host)
    case 13: return names(host, &random)
    case 14: return opaque(&random)
    case 15, 16: return Script(kind: .unanswered)
    case 17: return Script(kind: .refused)
    case 18:
      var script = web(host, &random)
      script.isReversed = true
      return script
    default: return database(&random)
    }
  }

  private static func text(_ side: Side, _ text: String) -> (side: Side, bytes: [UInt8]) {
    (side, Array(text.utf8))
  }

  private static func noise(_ count: Int, _ random: inout Random) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  private static func web(_ host: String, _ random: inout Random) -> Script {
    var script = Script()
    for _ in 0...random.below(4) {
      script.said.append(
        text(
          .client,
          "GET /item/\(random.below(10_000)) HTTP/1.1\r\nHost: \(host)\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\r\n"
        ))
      let size = 200 + random.below(12_000)
      let head =
        "HTTP/1.1 200 OK\r\nServer: nginx/1.24.0\r\nContent-Type: application/octet-stream\r\nContent-Length: \(size)\r\n\r\n"
      script.said.append((.server, Array(head.utf8) + noise(size, &random)))
    }
    return script
  }

  /// TLS 1.2 records around random bytes: a hello of each side, then what only the two can read (RFC 5246).
  private static func tls(_ host: String, _ random: inout Random) -> Script {
    func record(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
      [type, 3, 3, UInt8(body.count >> 8), UInt8(body.count & 255)] + body
    }
    func handshake(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
      record(22, [type, 0, UInt8(body.count >> 8), UInt8(body.count & 255)] + body)
    }
    func sized(_ bytes: [UInt8]) -> [UInt8] {
      [UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes
    }
    let name = sized(sized([0] + sized(Array(host.utf8))))
    let extensions = sized([0, 0] + name + [0, 10, 0, 4, 0, 2, 0, 29])
    let suites = sized([0xc0, 0x2f, 0xc0, 0x30, 0, 0x9c])
    let client = [3, 3] + noise(32, &random) + [0] + suites + [1, 0] + extensions
    let server = [3, 3] + noise(32, &random) + [0, 0xc0, 0x2f, 0]
    let certificate = noise(1_800 + random.below(1_500), &random)
    var script = Script(said: [
      (.client, handshake(1, client)),
      (.server, handshake(2, server) + handshake(11, certificate) + handshake(14, [])),
      (
        .client,
        handshake(16, noise(33, &random)) + record(20, [1]) + record(22, noise(40, &random))
      ),
      (.server, record(20, [1]) + record(22, noise(40, &random))),
    ])
    for _ in 0...random.below(6) {
      script.said.append((.client, record(23, noise(80 + random.below(400), &random))))
      script.said.append((.server, record(23, noise(100 + random.below(14_000), &random))))
    }
    return script
  }

  private static func ssh(_ random: inout Random) -> Script {
    func packet(_ body: [UInt8]) -> [UInt8] {
      let padding = 8 - (body.count + 5) % 8 + 8
      let length = body.count + 1 + padding
      return [0, 0, UInt8(length >> 8), UInt8(length & 255), UInt8(padding)] + body
        + [UInt8](repeating: 0, count: padding)
    }
    func list(_ text: String) -> [UInt8] {
      [0, 0, UInt8(text.utf8.count >> 8), UInt8(text.utf8.count & 255)] + Array(text.utf8)
    }
    let lists =
      [
        "curve25519-sha256", "ssh-ed25519", "aes128-ctr", "aes128-ctr", "hmac-sha2-256",
        "hmac-sha2-256", "none", "none", "", "",
      ].flatMap(list) + [0, 0, 0, 0, 0]
    var script = Script(said: [
      text(.server, "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"),
      text(.client, "SSH-2.0-OpenSSH_9.6\r\n"),
      (.client, packet([20] + noise(16, &random) + lists)),
      (.server, packet([20] + noise(16, &random) + lists)),
    ])
    for _ in 0..<10 + random.below(30) {
      script.said.append((.client, noise(36 + random.below(8) * 16, &random)))
      script.said.append((.server, noise(36 + random.below(40) * 16, &random)))
    }
    return script
  }

  private static func mail(_ host: String) -> Script {
    Script(said: [
      text(.server, "220 \(host) ESMTP Postfix\r\n"), text(.client, "EHLO client.example\r\n"),
      text(.server, "250-\(host)\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250 8BITMIME\r\n"),
      text(.client, "MAIL FROM:<a@client.example>\r\n"), text(.server, "250 2.1.0 Ok\r\n"),
      text(.client, "RCPT TO:<b@\(host)>\r\n"), text(.server, "250 2.1.5 Ok\r\n"),
      text(.client, "DATA\r\n"), text(.server, "354 End data with <CR><LF>.<CR><LF>\r\n"),
      text(.client, "Subject: hello\r\n\r\nGood day.\r\n.\r\n"),
      text(.server, "250 2.0.0 Ok: queued as 4F2A1\r\n"), text(.client, "QUIT\r\n"),
      text(.server, "221 2.0.0 Bye\r\n"),
    ])
  }

  private static func redis(_ random: inout Random) -> Script {
    var script = Script()
    for _ in 0..<5 + random.below(40) {
      let key = "key:\(random.below(100_000))"
      script.said.append(text(.client, "*2\r\n$3\r\nGET\r\n$\(key.utf8.count)\r\n\(key)\r\n"))
      script.said.append(text(.server, "$5\r\nvalue\r\n"))
    }
    return script
  }

  /// A call as RFC 3261 section 24.2 shows one.
  private static func telephone(_ host: String) -> Script {
    let dialogue =
      "Via: SIP/2.0/UDP \(host):3699;branch=z9hG4bKnashds8\r\nMax-Forwards: 70\r\nTo: Bob <sip:bob@\(host)>\r\nFrom: Alice <sip:alice@client.example>;tag=1928301774\r\nCall-ID: a84b4c76e66710@client.example\r\n"
    func request(_ method: String) -> String {
      "\(method) sip:bob@\(host) SIP/2.0\r\n\(dialogue)CSeq: 314159 \(method)\r\nContact: <sip:alice@client.example>\r\nContent-Length: 0\r\n\r\n"
    }
    func answer(_ status: String, _ method: String) -> String {
      "SIP/2.0 \(status)\r\n\(dialogue)CSeq: 314159 \(method)\r\nContent-Length: 0\r\n\r\n"
    }
    return Script(
      kind: .datagrams,
      said: [
        text(.client, request("INVITE")), text(.server, answer("180 Ringing", "INVITE")),
        text(.server, answer("200 OK", "INVITE")), text(.client, request("ACK")),
        text(.client, request("BYE")), text(.server, answer("200 OK", "BYE")),
      ])
  }

  private static func names(_ host: String, _ random: inout Random) -> Script {
    let identification: [UInt8] = noise(2, &random)
    var question: [UInt8] = []
    for label in host.split(separator: ".") {
      question.append(UInt8(label.utf8.count))
      question += Array(label.utf8)
    }
    question += [0, 0, 1, 0, 1]
    return Script(
      kind: .datagrams,
      said: [
        (.client, identification + [1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + question),
        (
          .server,
          identification + [0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0] + question
            + [0xc0, 12, 0, 1, 0, 1, 0, 0, 14, 16, 0, 4, 192, 0, 2, 7]
        ),
      ])
  }

  /// Bytes of no known protocol, both ways.
  private static func opaque(_ random: inout Random) -> Script {
    var script = Script()
    for _ in 0..<3 + random.below(20) {
      script.said.append((.client, noise(20 + random.below(300), &random)))
      script.said.append((.server, noise(20 + random.below(900), &random)))
    }
    return script
  }

  private static func database(_ random: inout Random) -> Script {
    func message(_ type: String, _ body: [UInt8]) -> [UInt8] {
      Array(type.utf8) + [0, 0, UInt8((body.count + 4) >> 8), UInt8((body.count + 4) & 255)] + body
    }
    let user = Array("user".utf8) + [0] + Array("app".utf8) + [0, 0]
    var script = Script(said: [
      (.client, [0, 0, 0, UInt8(user.count + 8), 0, 3, 0, 0] + user),
      (.server, message("R", [0, 0, 0, 0]) + message("Z", Array("I".utf8))),
    ])
    for _ in 0..<2 + random.below(10) {
      script.said.append(
        (.client, message("Q", Array("SELECT \(random.below(1_000))".utf8) + [0])))
      script.said.append(
        (.server, message("C", Array("SELECT 1".utf8) + [0]) + message("Z", Array("I".utf8))))
    }
    return script
  }
}
