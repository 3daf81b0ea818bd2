import Flows
import Packets

extension Recogniser {
  /// X display manager control: version 1, an operation, a length that fills the datagram, and
  /// arrays that fill the length.
  static let xdmcp = Recogniser(
    name: "xdmcp", title: "X Display Manager Control Protocol",
    specification: "X Consortium standard, version 1.1",
    transports: [.udp], basis: [.built]
  ) { conversation in
    guard let talk = Talk(conversation, most: 8, read: XDMCPMessage.init),
      let first = talk.said.first
    else { return .no }
    let pair = talk.pair { $0.isRequest && !$1.isRequest }
    guard pair != nil || first.message.names > 0 else { return .undecided }
    return .yes(
      Recognition(
        "xdmcp", pair != nil ? .answered : .oneSided, grounds: [first.ground("message")],
        facts: talk.said.lazy.compactMap(\.message.host).first.map { [Fact(.host, $0)] } ?? [],
        clientIs: first.message.isRequest ? first.side : first.side.opposite))
  }

  /// One message.
  private struct XDMCPMessage {
    let operation: UInt16
    private(set) var names = 0
    private(set) var host: [UInt8]?

    /// What each operation holds: `a` an array of bytes, `l` a list of arrays, `w` a list of
    /// numbers, `2` and `4` numbers.
    private static let layouts: [UInt16: String] = [
      1: "l", 2: "l", 3: "l", 4: "aal", 5: "aaa", 6: "aa", 7: "2wlaala", 8: "4aaaa", 9: "aaa",
      10: "42a", 11: "a",
      12: "4a", 13: "24", 14: "14",
    ]

    var isRequest: Bool { [1, 2, 3, 7, 10, 13].contains(operation) }

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard reader.uint16() == 1, let operation = reader.uint16(),
        let layout = Self.layouts[operation],
        let length = reader.uint16(), Int(length) + 6 == datagram.length, datagram.isWhole
      else { return nil }
      self.operation = operation
      for part in layout {
        switch part {
        case "a":
          guard let array = reader.vector16() else { return nil }
          if operation == 5, host == nil, array.allSatisfy({ (0x20...0x7e).contains($0) }),
            names == 1
          {
            host = array
          }
          names += 1
        case "l":
          guard let count = reader.uint8() else { return nil }
          for _ in 0..<count { guard reader.vector16() != nil else { return nil } }
          names += Int(count)
        case "w":
          guard let count = reader.uint8(), reader.skip(Int(count) * 2) else { return nil }
        case "2": guard reader.skip(2) else { return nil }
        case "1": guard reader.skip(1) else { return nil }
        default: guard reader.skip(4) else { return nil }
        }
      }
      guard reader.remaining == 0 else { return nil }
    }
  }
}
