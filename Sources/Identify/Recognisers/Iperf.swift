import Flows
import Packets

extension Recogniser {
  /// iperf3: a cookie of 36 letters and a NUL, one byte that asks for parameters, and these as JSON
  /// behind their length; streams of the test begin with the same cookie.
  static let iperf3 = Recogniser(
    name: "iperf3", title: "iperf3",
    specification: "esnet/iperf source, iperf_api.h and iperf_util.c",
    transports: [.tcp], basis: [.recorded, .built]
  ) { conversation in
    do throws(Misfit) {
      var client = ByteWalk(conversation.client.bytes)
      let seen = client.rest.prefix(36)
      guard seen.allSatisfy({ (0x61...0x7a).contains($0) || (0x32...0x37).contains($0) }) else {
        throw .wrong
      }
      let cookie = try client.take(36)
      try client.expect([0])
      var server = ByteWalk(conversation.server.bytes)
      if server.remaining == 0, isAlone(cookie, in: conversation) {
        return .yes(
          Recognition(
            "iperf3", .oneSided,
            grounds: [Ground(.client, 0, 37, "cookie of 36 drawn letters in a packet of its own")],
            // The stream of a test is never answered: its letters are all that tells it, and all that will.
            facts: [Fact(.session, cookie)], isElaborate: true))
      }
      // PARAM_EXCHANGE.
      try server.expect([9])
      let length = try client.count32(atMost: 1 << 16)
      let text = Array(try client.take(length))
      guard case .whole(let parameters, let end) = JSONObject.read(text), end == length,
        parameters["tcp"] != nil || parameters["udp"] != nil || parameters["sctp"] != nil
      else { throw .wrong }
      var facts = [Fact(.session, cookie)]
      if let version = parameters["client_version"]?.string {
        facts.append(Fact(.userAgent, "iperf " + version))
      }
      return .yes(
        Recognition(
          "iperf3", .answered,
          grounds: [
            Ground(.client, 0, 37, "cookie"), Ground(.server, 0, 1, "PARAM_EXCHANGE"),
            Ground(.client, 37, 4 + length, "parameters behind their length"),
          ], facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
  /// Whether the cookie is all of the first packet, as where a stream of the test begins, and looks drawn: seven digits
  /// are to be expected.
  private static func isAlone(
    _ cookie: ArraySlice<UInt8>, in conversation: Conversation
  ) -> Bool {
    guard let first = conversation.turns.first, first.side == .client, first.range == 0..<37,
      first.isWhole
    else { return false }
    return cookie.filter { $0 < 0x40 }.count >= 3 && Set(cookie).count >= 10
  }
}
