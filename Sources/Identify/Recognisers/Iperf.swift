import Flows
import Packets

extension Recogniser {
  /// iperf3's control connection: a cookie of 36 letters and a NUL, one byte that asks for parameters, and these as JSON
  /// behind their length.
  static let iperf3 = Recogniser(
    name: "iperf3", title: "iperf3 control connection",
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
}
