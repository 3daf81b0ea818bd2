import Flows
import Packets

extension Recogniser {
  /// Dynamic host configuration: BOOTP's fixed fields, the magic cookie, options that end; the
  /// server repeats the transaction identifier. BOOTP without options is told by that repetition
  /// alone.
  static let dhcp = Recogniser(
    name: "dhcp", title: "Dynamic Host Configuration Protocol",
    specification: "RFC 2131 section 2, RFC 2132, RFC 951",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, read: DHCPMessage.init), let first = talk.said.first else {
      return .no
    }
    let pair = talk.pair {
      $0.operation == 1 && $1.operation == 2 && $0.transaction == $1.transaction
        && $0.hardware == $1.hardware
    }
    guard pair != nil || talk.said.allSatisfy(\.message.hasMagic) else { return .undecided }
    let messages = talk.said.map(\.message)
    var facts: [Fact] = []
    if let type = first.message.type { facts.append(Fact(.message, type)) }
    if let name = messages.lazy.compactMap({ $0.options[12] }).first {
      facts.append(Fact(.clientID, name))
    }
    if let vendor = messages.lazy.compactMap({ $0.options[60] }).first {
      facts.append(Fact(.userAgent, vendor))
    }
    return .yes(
      Recognition(
        "dhcp", pair != nil ? .proven : talk.said.count > 1 ? .consistent : .oneSided,
        grounds: [
          (pair?.question ?? first).ground(
            first.message.hasMagic
              ? "message with the fixed fields of BOOTP, the magic cookie and options that end"
              : "message with the fixed fields of BOOTP")
        ], facts: facts,
        clientIs: first.message.operation == 1 ? first.side : first.side.opposite))
  }

  /// One message.
  private struct DHCPMessage {
    let operation: UInt8
    let transaction: UInt32
    let hardware: [UInt8]
    /// Whether options follow the fixed fields.
    let hasMagic: Bool
    private(set) var options: [UInt8: [UInt8]] = [:]

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard datagram.length >= 241, let operation = reader.uint8(),
        operation == 1 || operation == 2,
        let type = reader.uint8(), (1...37).contains(type), let length = reader.uint8(),
        length <= 16,
        let hops = reader.uint8(), hops <= 16, let transaction = reader.uint32(),
        reader.seek(to: 28),
        let hardware = reader.copy(16), reader.seek(to: 236), let magic = reader.uint32()
      else { return nil }
      hasMagic = magic == 0x6382_5363
      // The vendor's area of BOOTP has 64 bytes (RFC 951 section 3).
      guard hasMagic || datagram.length >= 300 else { return nil }
      self.operation = operation
      self.transaction = transaction
      self.hardware = hardware
      guard hasMagic else { return }
      while let code = reader.uint8(), code != 255, options.count < 64 {
        if code == 0 { continue }
        guard let value = reader.vector8() else {
          if datagram.isWhole { return nil }
          return
        }
        if options[code] == nil { options[code] = value }
      }
    }

    var type: String? {
      guard let value = options[53], value.count == 1, let number = value.first, number > 0 else {
        return nil
      }
      let names = [
        "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM", "FORCERENEW",
        "LEASEQUERY",
        "LEASEUNASSIGNED", "LEASEUNKNOWN", "LEASEACTIVE",
      ]
      return names.indices.contains(Int(number) - 1) ? names[Int(number) - 1] : nil
    }
  }
}
