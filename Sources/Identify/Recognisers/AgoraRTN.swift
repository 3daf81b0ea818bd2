import Flows
import Packets

extension Recogniser {
  /// Agora's real-time network: fields of four letters and a length, as in Google's QUIC; the server's opening repeats the
  /// number that the client's begins with.
  static let agoraRTN = Recogniser(
    name: "sdrtn", title: "Agora Software Defined Real-time Network",
    specification: "none published; fields after the QUIC crypto design of 2016",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(opening: conversation, most: 8, read: Opening.init) else { return .no }
    let pair = talk.pair { $0.name != nil && $1.repeated == $0.number }
    guard let pair else {
      guard let first = talk.said.first, first.message.isFilled else { return .undecided }
      return .yes(
        Recognition(
          "sdrtn", .oneSided,
          grounds: [first.ground("opening whose nested fields fill the datagram")],
          facts: first.message.name.map { [Fact(.serverName, $0)] } ?? [], clientIs: first.side,
          isElaborate: true))
    }
    return .yes(
      Recognition(
        "sdrtn", .proven,
        grounds: [pair.question.ground("opening"), pair.answer.ground("number repeated")],
        facts: [pair.question.message.name.map { Fact(.serverName, $0) }].compactMap { $0 },
        clientIs: pair.question.side))
  }

  /// The opening of either side.
  private struct Opening {
    let number: UInt32
    /// The name of the server that a client asks for.
    private(set) var name: ArraySlice<UInt8>?
    /// The client's number in a server's opening.
    private(set) var repeated: UInt32?
    /// Whether the fields behind the name, and those nested in one of them, add up to the datagram's end.
    private(set) var isFilled = false

    init?(_ datagram: Datagram) {
      var walk = ByteWalk(datagram.bytes)
      guard (try? walk.expect([0])) != nil, let number = try? walk.uint32(),
        let mark = try? walk.uint24()
      else { return nil }
      self.number = number
      switch mark {
      case 0x2100:
        guard (try? walk.skip(5)) != nil, (try? walk.expect(Array("SNI".utf8) + [0])) != nil else {
          return nil
        }
        walk.order = .little
        guard let count = try? walk.uint16(), let name = try? walk.take(Int(count)), name.isGraphic,
          name.contains(0x2e)
        else { return nil }
        self.name = name
        isFilled = datagram.isWhole && Self.fields(in: walk.rest, depth: 0) >= 6
      case 0x2300:
        guard let repeated = try? walk.uint32(), (try? walk.skip(1)) != nil,
          (try? walk.expect(Array("PEID".utf8))) != nil
        else { return nil }
        self.repeated = repeated
      default: return nil
      }
    }

    /// How many fields of four letters, a length and a value fill `bytes`; 0 when they do not.
    private static func fields(in bytes: ArraySlice<UInt8>, depth: Int) -> Int {
      var walk = ByteWalk(bytes, .little)
      var count = 0
      while walk.remaining > 0 {
        guard count < 64, let name = try? walk.take(4),
          name.allSatisfy({ (0x41...0x5a).contains($0) }),
          let length = try? walk.uint16(), let value = try? walk.take(Int(length))
        else { return 0 }
        count += 1
        // A field may hold fields, as in QUIC's crypto handshake messages.
        if depth < 2 { count += fields(in: value, depth: depth + 1) }
      }
      return count
    }
  }
}
