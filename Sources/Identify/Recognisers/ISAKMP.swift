import Flows
import Packets

extension Recogniser {
  /// Internet key exchange, versions 1 and 2, also behind the marker that UDP encapsulation puts in
  /// front: a length that fills the datagram, payloads that fill the length, and identifiers that
  /// the responder repeats.
  static let isakmp = Recogniser(
    name: "isakmp", title: "Internet Key Exchange",
    specification: "RFC 7296 section 3.1, RFC 2408 section 3.1, RFC 3948",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: ISAKMPMessage.init),
      let first = talk.said.first,
      case .message(let opening) = first.message
    else { return .no }
    let messages = talk.said.compactMap { said in
      if case .message(let message) = said.message { (said, message) } else { nil }
    }
    let echo = messages.first {
      $0.0.side != first.side && $0.1.initiator == opening.initiator && $0.1.responder != 0
    }
    // Who is asked for keys has none yet: what it encapsulates is no answer.
    let isOther = talk.said.contains { said in
      guard said.side != first.side else { return false }
      return if case .message(let message) = said.message {
        message.initiator != opening.initiator
      } else {
        true
      }
    }
    if isOther, echo == nil, opening.responder == 0 { return .no }
    let isTelling = opening.isChained || messages.count > 1
    guard echo != nil || isTelling else { return .undecided }
    let isOpening = opening.responder == 0
    return .yes(
      Recognition(
        "isakmp", echo != nil ? .proven : messages.count > 1 ? .consistent : .oneSided,
        grounds: [first.ground("header whose length the payloads fill")]
          + (echo.map { [$0.0.ground("initiator's identifier")] } ?? []),
        facts: [
          Fact(.version, "IKEv\(opening.version >> 4)"),
          Fact(.message, opening.name),
        ], clientIs: isOpening ? first.side : nil, isElaborate: opening.isChained))
  }

  /// One datagram.
  private enum ISAKMPMessage {
    case message(Header)
    case encapsulated
    case keepAlive

    struct Header {
      let initiator: UInt64
      let responder: UInt64
      let version: UInt8
      let exchange: UInt8
      /// Whether the payloads were read in clear, to the last byte.
      let isChained: Bool

      var name: String {
        let names: [UInt8: String] = [
          1: "base", 2: "identity protection", 3: "authentication only", 4: "aggressive",
          5: "informational",
          6: "transaction", 32: "quick mode", 33: "new group mode", 34: "IKE_SA_INIT",
          35: "IKE_AUTH",
          36: "CREATE_CHILD_SA", 37: "INFORMATIONAL", 38: "IKE_SESSION_RESUME",
          43: "IKE_INTERMEDIATE",
        ]
        return names[exchange] ?? "\(exchange)"
      }
    }

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      if datagram.length == 1, datagram.bytes == [0xff] {
        self = .keepAlive
        return
      }
      guard let marker = reader.uint32() else { return nil }
      var start = 4
      if marker != 0 {
        start = 0
        guard reader.seek(to: 0) else { return nil }
      }
      guard let initiator = reader.uint64(), let responder = reader.uint64(),
        let next = reader.uint8(),
        let version = reader.uint8(), let exchange = reader.uint8(), let flags = reader.uint8(),
        reader.uint32() != nil, let length = reader.uint32()
      else { return nil }
      let isFirst =
        version == 0x10 && [1, 2, 3, 4, 5, 6, 32, 33].contains(exchange) && flags & 0xf8 == 0
      let isSecond = version == 0x20 && (34...44).contains(exchange) && flags & 0xc7 == 0
      guard initiator != 0, isFirst || isSecond, Int(length) == datagram.length - start else {
        // Encapsulated packets follow on the same ports (RFC 3948): an index, a sequence number,
        // ciphertext.
        guard marker > 255, datagram.length >= 28 else { return nil }
        self = .encapsulated
        return
      }
      let isEncrypted = version == 0x10 && flags & 1 != 0
      var isChained = false
      if !isEncrypted, datagram.isWhole {
        guard Self.chain(&reader, next: next) else { return nil }
        isChained = true
      }
      self = .message(
        Header(
          initiator: initiator, responder: responder, version: version, exchange: exchange,
          isChained: isChained))
    }

    /// Generic payload headers to the end; an encrypted payload is the last that can be read.
    private static func chain(_ reader: inout Reader, next: UInt8) -> Bool {
      var type = next
      for _ in 0..<64 {
        guard type != 0 else { return reader.remaining == 0 }
        guard let following = reader.uint8(), reader.uint8() != nil, let size = reader.uint16(),
          size >= 4,
          reader.skip(Int(size) - 4)
        else { return false }
        if type == 46 || type == 53 { return reader.remaining == 0 }
        type = following
      }
      return false
    }
  }
}
