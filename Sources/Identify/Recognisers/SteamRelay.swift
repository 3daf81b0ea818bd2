import Flows
import Packets

extension Recogniser {
  /// The probe for Valve's relays: a name, times that grow, and zeros up to a full datagram.
  static let steamRelay = Recogniser(
    name: "steamdatagramrelay", title: "Steam Datagram Relay ping",
    specification: "none published; Valve's GameNetworkingSockets names the service",
    transports: [.udp], basis: [.built, .corpus]
  ) { conversation in
    guard let talk = Talk(opening: conversation, most: 8, read: Probe.init),
      let first = talk.said.first
    else { return .no }
    let times = talk.said(by: first.side).map(\.message.time)
    guard times.count > 1 else { return .undecided }
    guard zip(times, times.dropFirst()).allSatisfy({ $0 < $1 && $1 - $0 < 3_600_000_000 }) else {
      return .no
    }
    return .yes(
      Recognition(
        "steamdatagramrelay", .consistent, grounds: [first.ground("probe")], clientIs: first.side))
  }

  /// A probe of 1300 bytes, by its time in microseconds.
  private struct Probe {
    let time: UInt64

    init?(_ datagram: Datagram) {
      guard datagram.length == 1300, datagram.bytes.starts(with: [1, 1] + Array("sdping".utf8)),
        datagram.bytes.count >= 64, datagram.bytes.dropFirst(64).allSatisfy({ $0 == 0 })
      else { return nil }
      var walk = ByteWalk(datagram.bytes, .little)
      guard (try? walk.skip(8)) != nil, let time = try? walk.uint64() else { return nil }
      self.time = time
    }
  }
}
