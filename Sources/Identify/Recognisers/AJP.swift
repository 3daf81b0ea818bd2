import Flows
import Packets

extension Recogniser {
  /// AJP 1.3: a web server's packets begin with 0x1234, a container's with `AB`; both count their data.
  static let ajp13 = Recogniser(
    name: "ajp13", title: "Apache JServ Protocol 1.3",
    specification: "AJPv13, Apache Tomcat Connectors",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    guard conversation.client.beginsAtStart, conversation.server.beginsAtStart else {
      return answers(conversation)
    }
    guard let request = packet(conversation.client.bytes, [0x12, 0x34]),
      let response = packet(conversation.server.bytes, [0x41, 0x42])
    else { return answers(conversation) }
    guard let asked = request.type else { return .undecided }
    guard [2, 7, 8, 10].contains(asked), asked != 10 || request.length == 1 else { return .no }
    var facts: [Fact] = []
    var isForward = false
    if asked == 2 {
      guard let forward = forward(request.data, request.length) else { return .no }
      isForward = forward.isWhole
      facts = forward.facts
    }
    if let answered = response.type {
      // SEND_BODY_CHUNK, SEND_HEADERS, END_RESPONSE, GET_BODY_CHUNK, CPONG
      guard [3, 4, 5, 6, 9].contains(answered), (answered == 9) == (asked == 10) else { return .no }
      if answered == 4, let status = conversation.server.bytes.bigEndian(at: 5, 2) {
        guard (100...599).contains(status) else { return .no }
        facts.append(Fact(.status, String(status)))
      }
    }
    guard response.type != nil || isForward else { return answers(conversation) }
    var grounds = [Ground(.client, 0, 5, "request packet that its length fills")]
    if response.type != nil {
      grounds.append(Ground(.server, 0, 5, "response packet that its length fills"))
    }
    return .yes(
      Recognition(
        "ajp13", response.type == nil ? .oneSided : .answered, grounds: grounds, facts: facts))
  }.orFromFirstBytes

  /// A container's packets in a connection whose start was missed, or of which its side alone was captured: two at least
  /// whose content fits their type.
  private static func answers(_ conversation: Conversation) -> Opinion {
    let run = MessageRun(of: .server, in: conversation, most: 16) { walk, _ throws(Misfit) in
      try walk.expect([0x41, 0x42])
      let length = Int(try walk.uint16())
      guard length > 0 else { throw .wrong }
      // SEND_BODY_CHUNK counts its data and ends with NUL; SEND_HEADERS has a status.
      switch (try walk.uint8(), length) {
      case (3, 4...):
        guard (length - 4...length - 3).contains(Int(try walk.uint16())) else { throw .wrong }
      case (4, 5...): guard (100...599).contains(try walk.uint16()) else { throw .wrong }
      case (5, 2): guard try walk.uint8() <= 1 else { throw .wrong }
      case (6, 3), (9, 1): break
      default: throw .wrong
      }
      return length + 4
    }
    guard !run.isWrong else { return .no }
    let whole = Array(run.whole)
    guard whole.count >= 2, let first = whole.first else {
      return conversation.client.bytes.isEmpty || !conversation.client.beginsAtStart
        ? .undecided : .no
    }
    return .yes(
      Recognition(
        "ajp13", .consistent, grounds: [Ground(.server, first.offset, 5, "response packets")]))
  }

  /// Type, length and the captured data of the first packet; nil when it is none.
  private static func packet(
    _ bytes: [UInt8], _ magic: [UInt8]
  ) -> (type: UInt8?, length: Int, data: [UInt8])? {
    guard magic.starts(with: bytes.prefix(2)) else { return nil }
    guard let length = bytes.bigEndian(at: 2, 2), bytes.count >= 5 else { return (nil, 0, []) }
    guard length >= 1, length <= 65_531 else { return nil }
    return (bytes[4], length, Array(bytes.slice(at: 4, length)))
  }

  /// Method, protocol, URI, address, host and server of a FORWARD_REQUEST; nil when they don't fit.
  private static func forward(_ data: [UInt8], _ length: Int) -> (facts: [Fact], isWhole: Bool)? {
    let methods = [
      "OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "PROPFIND", "PROPPATCH", "MKCOL",
      "COPY",
      "MOVE", "LOCK", "UNLOCK", "ACL", "REPORT", "VERSION-CONTROL", "CHECKIN", "CHECKOUT",
      "UNCHECKOUT",
      "SEARCH", "MKWORKSPACE", "UPDATE", "LABEL", "MERGE", "BASELINE-CONTROL", "MKACTIVITY",
    ]
    guard let method = data.bigEndian(at: 1, 1) else { return ([], false) }
    guard method == 255 || (1...methods.count).contains(method) else { return nil }
    var facts = method == 255 ? [] : [Fact(.method, methods[method - 1])]
    var offset = 2
    for index in 0..<5 {
      guard let size = data.bigEndian(at: offset, 2) else { return (facts, false) }
      offset += 2
      // 0xffff stands for no string.
      if size == 0xffff { continue }
      guard size <= length else { return nil }
      let text = data.slice(at: offset, size)
      guard data.count - offset > size else { return (facts, false) }
      guard data[offset + size] == 0, text.isText else { return nil }
      offset += size + 1
      switch index {
      case 0: if !text.starts(with: "HTTP/".utf8) { return nil }
      case 1: facts.append(Fact(.path, text))
      case 4: facts.append(Fact(.host, text))
      default: break
      }
    }
    return (facts, true)
  }
}
