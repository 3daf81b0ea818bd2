import Flows
import Packets

extension Recogniser {
  /// Network time: a server repeats the client's transmit timestamp; a client's request is zeros
  /// but for that, or holds timestamps of one day; control messages repeat their sequence number.
  static let ntp = Recogniser(
    name: "ntp", title: "Network Time Protocol", specification: "RFC 5905 section 7.3, RFC 9327",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(conversation, read: NTPMessage.init), let first = talk.said.first else {
      return .no
    }
    var strength: Recognition.Strength?
    var shown = [first]
    if let pair = talk.pair(where: { $0.isAnswered(by: $1) }) {
      strength = .proven
      shown = [pair.question, pair.answer]
    } else if talk.said.allSatisfy({ $0.message.isTelling }) {
      // Modes 1, 2 and 5 go without being asked.
      strength =
        talk.said.count > 1 || [1, 2, 5].contains(first.message.mode) ? .consistent : .oneSided
    }
    guard let strength else { return .undecided }
    let asking = talk.said.first { $0.message.isRequest }
    var facts = [Fact(.version, "\(first.message.version)")]
    if first.message.mode >= 6 {
      facts.append(Fact(.message, first.message.mode == 6 ? "control" : "private"))
    }
    return .yes(
      Recognition(
        "ntp", strength,
        grounds: shown.map { $0.ground("header with mode, version and timestamps that fit") },
        facts: facts,
        clientIs: asking?.side ?? (first.message.isReply ? first.side.opposite : nil)))
  }

  /// A message of modes 1 to 7.
  private struct NTPMessage {
    let mode: UInt8
    let version: UInt8
    let operation: UInt8
    let sequence: UInt16
    let times: [UInt64]
    let isZeroBefore: Bool
    /// Whether a control message is a bare request, or of the private mode.
    let isStrict: Bool

    init?(_ datagram: Datagram) {
      var reader = Reader(datagram.bytes.span)
      guard let first = reader.uint8(), let second = reader.uint8() else { return nil }
      mode = first & 7
      version = first >> 3 & 7
      operation = second
      guard (1...4).contains(version), mode > 0 else { return nil }
      if mode >= 6 {
        times = []
        isZeroBefore = false
        guard let number = mode == 6 ? reader.uint16() : UInt16(second), datagram.length >= 8 else {
          return nil
        }
        sequence = number
        guard Self.isControl(mode: mode, datagram) else { return nil }
        let isBare =
          datagram.bytes.count == 12 && [4, 5, 8, 9, 10, 11].allSatisfy { datagram.bytes[$0] == 0 }
        isStrict = mode == 7 || isBare && (1...12).contains(second)
        return
      }
      isStrict = false
      sequence = 0
      guard let poll = reader.uint8(), let precision = reader.uint8(), second <= 16,
        poll <= 17 || poll >= 0xf8,
        precision == 0 || precision >= 0x80 || precision <= 10
          // What a client says that tells nothing of itself (draft-ietf-ntp-data-minimization).
          || precision == 0x20 && mode == 3,
        datagram.length >= 48, datagram.length % 4 == 0, datagram.length <= 1_024
      else { return nil }
      let head = datagram.bytes.dropFirst().prefix(39)
      isZeroBefore = head.count == 39 && head.allSatisfy { $0 == 0 }
      var times: [UInt64] = []
      if reader.seek(to: 16) {
        while times.count < 4, let time = reader.uint64() { times.append(time) }
      }
      self.times = times
    }

    var isRequest: Bool { mode == 3 || mode >= 6 && operation & 0x80 == 0 && mode == 6 }
    var isReply: Bool { mode == 4 }

    /// A bare request; or a clock set within the day, and of the last exchange both times within an
    /// hour and a year of this one.
    var isTelling: Bool {
      if mode >= 6 { return isStrict }
      // Four times in letters are another protocol's text.
      guard times.count == 4, times[3] != 0,
        times.contains(where: { time in
          stride(from: 0, to: 64, by: 8).contains { !(0x20...0x7e).contains(time >> $0 & 0xff) }
        })
      else { return false }
      if mode == 3, isZeroBefore { return true }
      let seconds = times.map { UInt32(truncatingIfNeeded: $0 >> 32) }
      func apart(_ one: Int, _ other: Int) -> UInt32 {
        min(seconds[one] &- seconds[other], seconds[other] &- seconds[one])
      }
      guard times[0] != 0, apart(0, 3) < 86_400, times[2] != 0 else { return false }
      if mode == 5, times[1] == 0 { return apart(2, 3) < 3_600 }
      return times[1] != 0 && apart(1, 2) < 3_600 && apart(2, 3) < 31_536_000
    }

    func isAnswered(by answer: NTPMessage) -> Bool {
      if mode == 6, answer.mode == 6 {
        return operation & 0x80 == 0 && answer.operation & 0x80 != 0 && sequence == answer.sequence
      }
      guard let sent = times.last, times.count == 4, answer.times.count == 4,
        [1, 3].contains(mode), [2, 4].contains(answer.mode), answer.times[1] == sent
      else { return false }
      // A client that asks with zeros alone gets zeros back: the server's two times, moments apart, must say the rest.
      return sent != 0 || isZeroBefore && answer.version == version && answer.hasAnswered
    }

    /// Whether receive and transmit timestamp are set and at most four seconds apart.
    private var hasAnswered: Bool {
      guard times.count == 4, times[2] != 0, times[3] >= times[2] else { return false }
      return times[3] - times[2] < 4 << 32
    }

    /// Control (RFC 9327 section 2): counted data, padded; private mode: implementation, request,
    /// counted items.
    private static func isControl(mode: UInt8, _ datagram: Datagram) -> Bool {
      var reader = Reader(datagram.bytes.span)
      if mode == 6 {
        guard datagram.length >= 12, reader.seek(to: 8), let offset = reader.uint16(),
          let count = reader.uint16(),
          let operation = datagram.bytes.dropFirst().first, (1...31).contains(operation & 0x1f)
        else { return false }
        let left = datagram.length - 12 - Int(count)
        return (0..<4).contains(left) || left == 20 || left == 24
          || offset == 0 && count == 0 && left == 0
      }
      guard reader.seek(to: 2), let implementation = reader.uint8(), let request = reader.uint8(),
        let items = reader.uint16(), let size = reader.uint16(),
        [0, 2, 3].contains(implementation), request <= 45
      else { return false }
      let isBare = items == 0 && size == 0 && datagram.bytes.dropFirst(8).allSatisfy { $0 == 0 }
      return isBare && datagram.length >= 8
        || items > 0 && size > 0 && items < 0x1000
          && 8 + Int(items & 0xfff) * Int(size & 0xfff) == datagram.length
    }
  }
}
