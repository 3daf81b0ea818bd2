import Flows
import Packets

extension Recogniser {
  /// HTTP/1.0 and HTTP/1.1: a request line and header fields, answered by a status line and header fields.
  static let http = Recogniser(
    name: "http", title: "Hypertext Transfer Protocol", specification: "RFC 9112 sections 2 to 5",
    transports: [.tcp], basis: [.recorded, .built, .corpus]
  ) { conversation in
    let asked = HTTPSide(requestIn: conversation)
    let answered = HTTPSide(responseIn: conversation)
    let request = asked.message
    let response = answered.message
    guard request != nil || response != nil else {
      if asked.isWrong || answered.isWrong { return .no }
      return .undecided
    }
    guard let request else {
      guard let response else { return .undecided }
      return opinion(on: response, asked: asked)
    }
    let isKnown = HTTPMethods.known.contains(request.0.method)
    if let response {
      // What is found only behind other bytes may be carried in something else.
      let before = conversation.client.bytes.prefix(request.1.offset)
      let isOpening = before.allSatisfy { $0 == 13 || $0 == 10 } || response.1.offset == 0
      var recognition = exchange(request, response, isOpening ? .answered : .oneSided)
      let answers = HTTPAnswers(conversation)
      if let words = answers.words {
        recognition.facts.append(Fact(.answers, words))
        if let refused = answers.refused { recognition.facts.append(Fact(.refused, refused)) }
      }
      return .yes(recognition)
    }
    switch answered {
    case .wrong:
      // A Shoutcast server says ICY where others say HTTP/1.0; a server of HTTP/0.9 sends the document alone.
      let server = conversation.server.bytes
      let isDocument =
        server.startsIgnoringCase("<!DOCTYPE html") || server.startsIgnoringCase("<html")
      guard isKnown, isDocument || server.starts(with: "ICY 200 OK\r\n".utf8) else { return .no }
      return .yes(exchange(request, nil, .answered))
    case .partial:
      return isKnown ? .yes(exchange(request, nil, .oneSided)) : .undecided
    case .absent, .found:
      let host = request.1["host"]
      let isMidstream = !conversation.client.beginsAtStart
      // HTTP/1.0 asks for no host (RFC 1945 section 5), nor do probes of every port, which open their connections.
      let isProbe = HTTPMethods.tool(request.0, request.1) != nil
      guard isKnown,
        host.map(\.isPrintableASCII) ?? (isProbe || isBare(request) && isMidstream)
      else { return .undecided }
      return .yes(exchange(request, nil, .oneSided))
    }
  }.orFromFirstBytes

  private static func isBare(_ request: (HTTPRequestLine, HTTPHead)) -> Bool {
    request.0.version == "1.0" && request.1.isSound && request.1.isWhole
  }

  /// What a response without a request is worth.
  private static func opinion(
    on response: (HTTPStatusLine, HTTPHead), asked: HTTPSide<HTTPRequestLine>
  ) -> Opinion {
    guard HTTPMethods.isOfHTTP(response.1) else {
      if asked.isWrong { return .no }
      return .undecided
    }
    // A server that answers another protocol's bytes with an HTTP error speaks HTTP; with success it would not.
    if asked.isWrong, response.0.status < 400 { return .no }
    return .yes(exchange(nil, response, .oneSided))
  }

  private static func exchange(
    _ request: (HTTPRequestLine, HTTPHead)?, _ response: (HTTPStatusLine, HTTPHead)?,
    _ strength: Recognition.Strength
  ) -> Recognition {
    var grounds: [Ground] = []
    if let (line, head) = request {
      grounds.append(Ground(.client, head.offset, line.length, "request line"))
    }
    if let (_, head) = response {
      grounds.append(Ground(.server, head.offset, head.startLine.count, "status line"))
    }
    let product = HTTPProduct(request, response)
    if let product { grounds.append(product.ground) }
    return Recognition(
      "http", strength, grounds: grounds, facts: HTTPFacts.of(request, response, product),
      tool: request.flatMap { HTTPMethods.tool($0.0, $0.1) },
      isElaborate: request?.1["host"] != nil || response != nil)
  }
}

/// What an HTTP exchange tells the user.
enum HTTPFacts {
  /// The facts of a request and its response, as far as they are there, and the product that they name.
  static func of(
    _ request: (HTTPRequestLine, HTTPHead)?, _ response: (HTTPStatusLine, HTTPHead)?,
    _ product: HTTPProduct?
  ) -> [Fact] {
    var facts: [Fact] = []
    if let (line, head) = request {
      facts.append(Fact(.method, line.method))
      if let host = head["host"], !host.isEmpty {
        facts.append(Fact(.host, host))
      } else if line.method == "CONNECT" {
        facts.append(Fact(.host, line.target))
      }
      facts.append(Fact(.path, line.target))
      if let agent = head["user-agent"] { facts.append(Fact(.userAgent, agent)) }
    }
    if let (line, head) = response {
      facts.append(Fact(.status, String(line.status)))
      if let server = head["server"] { facts.append(Fact(.server, server)) }
      if let product { facts.append(Fact(.product, product.name)) }
      if let type = head["content-type"] { facts.append(Fact(.contentType, type)) }
      if line.status == 101, let upgrade = head["upgrade"] {
        facts.append(Fact(.upgrade, upgrade.asLowercaseText))
      }
    }
    if let version = response?.0.version ?? request?.0.version {
      facts.append(Fact(.version, version))
    }
    return facts
  }
}

extension HTTPRequestLine {
  /// Bytes of the line without its end.
  var length: Int { method.utf8.count + target.count + version.utf8.count + 7 }
}
