import Glibc
import Testing

/// A live capture that begins behind a question: who is the client is seen from the answer.
@Suite(
  .enabled(if: Namespace.isPermitted && Place.has("python3"), "no user namespaces or no python3"))
struct LiveDirectionTests {
  /// Holds one UDP port and sends one datagram from it, then waits.
  private static func end(_ port: Int, sends: String) -> [String] {
    [
      "python3", "-uc",
      """
      import socket, sys, time
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      s.bind(("127.0.0.1", \(port)))
      print("ready")
      \(sends)
      time.sleep(60)
      """,
    ]
  }

  @Test
  func `The process that answers is the server's, though its datagram is the first one captured`()
    throws
  {
    let namespace = try Namespace()
    let client = try namespace.start(Self.end(40_123, sends: ""))
    try client.wait(for: "ready")
    let capture = try namespace.live("--json", on: ["lo"])
    let answer = """
      s.sendto(bytes.fromhex("240203e90000010000000100" "0a000001" "e8a1b2c312345678" "e8a1b2c312345678" \
      "e8a1b2c412345678" "e8a1b2c412345999"), ("127.0.0.1", 40123))
      """
    let server = try namespace.start(Self.end(3_699, sends: answer))
    try capture.wait(for: "\"flow-start\"")
    capture.send(SIGINT)
    let records = try JSONText.records(try capture.finish().output).filter { $0.kind == "flow" }
    #expect(Set(records.compactMap { $0["event.action"]?.string }) == ["flow-start", "flow-end"])
    for flow in records {
      #expect(flow["icwscan.verdict.application"] == .string("ntp"))
      #expect(flow["icwscan.client_ground"] == .string("protocol-direction"))
      #expect(
        flow["source.port"] == .integer(40_123) && flow["destination.port"] == .integer(3_699))
      #expect(flow["icwscan.server_process.pid"] == .integer(Int(server.identifier)))
      #expect(flow["icwscan.client_process.pid"] == .integer(Int(client.identifier)))
    }
  }
}
