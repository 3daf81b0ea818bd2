import Flows
import Packets

extension Recogniser {
  /// Mumble's ping: four zeros and a number that the server repeats (Mumble protocol, UDP ping packet).
  static let mumble = Recogniser(
    name: "mumble", title: "Mumble ping", specification: "Mumble protocol, UDP ping packet",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    let asked = conversation.datagrams(from: .client)
    let answered = conversation.datagrams(from: .server)
    guard let request = asked.first else { return .no }
    guard request.length == 12, request.bytes.prefix(4).allSatisfy({ $0 == 0 }) else { return .no }
    guard let response = answered.first else { return .undecided }
    guard response.length == 24 else { return .no }
    guard request.isWhole, response.isWhole else { return .undecided }
    // Version, the number, users, users at most, bandwidth.
    guard let users = response.bytes.bigEndian(at: 12, 4),
      let most = response.bytes.bigEndian(at: 16, 4),
      asked.contains(where: { $0.bytes.slice(at: 4, 8) == response.bytes.slice(at: 4, 8) }),
      users <= 1 << 20,
      most <= 1 << 20
    else { return .no }
    let version = response.bytes.prefix(4).dropFirst().map(String.init).joined(separator: ".")
    return .yes(
      Recognition(
        "mumble", .proven,
        grounds: [
          Ground(.client, 4, 8, "number of the ping"), Ground(.server, 4, 8, "the same number"),
        ],
        facts: [Fact(.version, version), Fact(.status, "\(users)/\(most)")]))
  }.orFromFirstBytes
}
