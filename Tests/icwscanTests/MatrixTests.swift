import Identify
import Testing

/// Recogniser by recording: only its own may say yes.
@Suite struct MatrixTests {
  /// Recordings that are named for what they are, not for one application, with the classes that may occur in them.
  private static let classes: [String: Set<String>] = [
    "undetermined": ["undetermined"],
    "scan": ["scan", "undetermined"],
    "nmap": ["scan", "undetermined", "other-application"],
    "port-coincidence": ["port-coincidence"],
    "spoofer": ["other-application"],
    "icw-reconstructed-sip-pint": ["icw-family"],
    "icw-reconstructed-redirect": ["icw-family"],
    "icw-reconstructed-spirits": ["icw-family"],
    "icw-reconstructed-nec": ["other-application", "consistent-with-icw", "undetermined"],
    "almost-icw": ["other-application", "undetermined"],
  ]

  /// Two names for one stream that are both right: the second is carried by the first.
  private static let pairs: [Set<String>] = [["websocket", "http"], ["grpc", "http2"]]

  @Test(arguments: Capture.all)
  func `Only the recording's own recogniser says yes`(_ capture: Capture) throws {
    let names = Set(Recogniser.all.map(\.name))
    for flow in try capture.records() where flow.kind == "flow" {
      let application = flow["icwscan.verdict.application"]?.string
      let verdictClass = try #require(flow["icwscan.verdict.class"]?.string)
      for other in flow["icwscan.verdict.runners_up"]?.list ?? [] {
        let name = other.string ?? other["application"]?.string ?? "\(other)"
        #expect(
          Self.pairs.contains([name, application ?? ""]),
          "\(capture): flow \(flow["icwscan.flow_number"]?.integer ?? 0) could also be \(name)")
      }
      if let allowed = Self.classes[capture.folder] {
        #expect(allowed.contains(verdictClass), "\(capture) is \(verdictClass)")
      } else if capture.folder.hasPrefix("almost-") {
        let almost = String(capture.folder.dropFirst("almost-".count))
        #expect(names.contains(almost), "\(capture.folder) resembles no known application")
        #expect(application != almost, "\(capture) only resembles \(almost)")
      } else {
        #expect(
          application == capture.folder, "\(capture) is \(verdictClass) \(application ?? "-")")
      }
    }
  }

  @Test func `A server that pretends to be many is called a spoofer, and none of them`() throws {
    let capture = Capture(path: "captures/spoofer/unlike-greetings.pcap")
    let flows = try capture.records().filter { $0.kind == "flow" }
    #expect(flows.count == 3)
    for flow in flows {
      #expect(flow["icwscan.verdict.application"]?.string == nil)
      let items = (flow["icwscan.verdict.evidence"]?.list ?? []).compactMap { $0["item"]?.string }
      #expect(items.contains("spoofer"))
    }
  }

  @Test(arguments: Capture.all.filter { $0.folder.hasPrefix("almost-icw") })
  func `What only resembles call waiting gives no call`(_ capture: Capture) throws {
    let records = try capture.records()
    #expect(!records.contains { $0.kind == "call" })
    for flow in records where flow.kind == "flow" {
      let verdictClass = flow["icwscan.verdict.class"]?.string
      #expect(verdictClass == "other-application" || verdictClass == "undetermined")
    }
  }

  @Test(
    arguments: [
      ("icw-reconstructed-sip-pint/reject", ["reject", "reject"]),
      ("icw-reconstructed-sip-pint/accept-ppp", ["accept"]),
      ("icw-reconstructed-sip-pint/forward-raw", ["forward"]),
      ("icw-reconstructed-sip-pint/voice-mail-ppp-serial", ["voice-mail"]),
      ("icw-reconstructed-sip-pint/caller-gives-up", ["forward", "none"]),
      ("icw-reconstructed-spirits/invite-take", ["accept"]),
      ("icw-reconstructed-spirits/invite-forward-raw", ["forward"]),
      ("icw-reconstructed-spirits/invite-reject", ["reject"]),
      ("icw-reconstructed-spirits/invite-voip", ["accept"]),
      ("icw-reconstructed-spirits/subscription", ["none"]),
    ])
  func `The choice of every reconstructed call is read`(_ name: String, _ choices: [String]) throws
  {
    let calls = try Capture(path: "captures/\(name).pcap").records().filter { $0.kind == "call" }
    #expect(calls.map { $0["icwscan.call.choice"]?.string } == choices)
    #expect(calls.allSatisfy { $0["icwscan.call.called"]?.string == "0205550123" })
    #expect(calls.allSatisfy { $0["icwscan.call.calling"]?.string?.hasPrefix("0") ?? false })
  }
}
