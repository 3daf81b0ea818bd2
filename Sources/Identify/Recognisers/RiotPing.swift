import Flows
import Packets

extension Recogniser {
  /// The echo with which Riot's games measure their way to a server: the server puts the client's number in front and
  /// repeats the rest.
  static let riotPing = Recogniser(
    name: "riotgames", title: "Riot Games network probe",
    specification: "none published; told by the repetition of 28 bytes and their marks",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(opening: conversation, most: 8, read: Probe.init) else { return .no }
    guard let pair = talk.pair(where: { $0.isAnswered(by: $1) }) else { return .undecided }
    return .yes(
      Recognition(
        "riotgames", .proven,
        grounds: [pair.question.ground("probe"), pair.answer.ground("probe repeated")],
        clientIs: pair.question.side))
  }

  /// Thirty-six bytes that end with two marks.
  private struct Probe {
    let first: ArraySlice<UInt8>
    let second: ArraySlice<UInt8>
    let rest: ArraySlice<UInt8>

    init?(_ datagram: Datagram) {
      let bytes = datagram.bytes
      guard bytes.count == 36, datagram.isWhole, bytes[28..<32].allSatisfy({ $0 == 0xaa }),
        bytes[32...].allSatisfy({ $0 == 0xbb })
      else { return nil }
      first = bytes[..<4]
      second = bytes[4..<8]
      rest = bytes[8...]
    }

    func isAnswered(by answer: Probe) -> Bool {
      second.elementsEqual(answer.first) && answer.second.allSatisfy { $0 == 0 }
        && rest == answer.rest
    }
  }
}
