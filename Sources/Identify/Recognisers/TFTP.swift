import Flows
import Packets

extension Recogniser {
  /// Trivial file transfer: a request with a file name and a mode; or data blocks that the other
  /// side acknowledges by number, for a server answers from another port.
  static let tftp = Recogniser(
    name: "tftp", title: "Trivial File Transfer Protocol", specification: "RFC 1350, RFC 2347",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, most: 16, read: TFTPPacket.init),
      let first = talk.said.first
    else { return .no }
    if case .request(let isWrite, let name, let mode) = first.message {
      let isAnswered = talk.said.contains { $0.side != first.side }
      return .yes(
        Recognition(
          "tftp", isAnswered ? .answered : .consistent,
          grounds: [first.ground("request with a file name and a mode")],
          facts: [
            Fact(.method, isWrite ? "write" : "read"), Fact(.path, name), Fact(.contentType, mode),
          ],
          clientIs: first.side))
    }
    var acknowledged = 0
    for (index, said) in talk.said.enumerated() {
      guard case .data(let block, _) = said.message else { continue }
      let isHeard = talk.said[(index + 1)...].contains {
        if case .acknowledgement(let number) = $0.message {
          $0.side != said.side && number == block
        } else {
          false
        }
      }
      if isHeard { acknowledged += 1 }
    }
    let isFull = talk.said.contains {
      if case .data(_, let count) = $0.message { count == 512 } else { false }
    }
    guard acknowledged >= 3 || acknowledged >= 1 && isFull else { return .undecided }
    return .yes(
      Recognition("tftp", .answered, grounds: [first.ground("data block")], clientIs: nil))
  }

  /// One packet.
  private enum TFTPPacket {
    case request(isWrite: Bool, name: [UInt8], mode: [UInt8])
    case data(block: UInt16, count: Int)
    case acknowledgement(UInt16)
    case error
    case options

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let operation = reader.uint16(), (1...6).contains(operation), datagram.length >= 4
      else { return nil }
      switch operation {
      case 1, 2:
        guard datagram.bytes.last == 0 else { return nil }
        let parts = datagram.bytes.dropFirst(2).dropLast().split(
          separator: 0, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts.count % 2 == 0,
          ["netascii", "octet", "mail"].contains(
            String(decoding: parts[1], as: UTF8.self).lowercased()),
          parts[0].allSatisfy({ $0 >= 0x20 && $0 != 0x7f }),
          parts.dropFirst(2).allSatisfy({
            !$0.isEmpty && $0.allSatisfy { (0x20...0x7e).contains($0) }
          })
        else { return nil }
        self = .request(isWrite: operation == 2, name: Array(parts[0]), mode: Array(parts[1]))
      case 3:
        guard let block = reader.uint16() else { return nil }
        self = .data(block: block, count: datagram.length - 4)
      case 4:
        guard let block = reader.uint16(), datagram.length == 4 else { return nil }
        self = .acknowledgement(block)
      case 5:
        guard let code = reader.uint16(), code <= 8, datagram.length >= 5,
          !datagram.isWhole || datagram.bytes.last == 0
        else { return nil }
        self = .error
      default:
        guard datagram.bytes.last == 0,
          datagram.bytes.dropFirst(2).allSatisfy({ $0 == 0 || (0x20...0x7e).contains($0) })
        else { return nil }
        self = .options
      }
    }
  }
}
