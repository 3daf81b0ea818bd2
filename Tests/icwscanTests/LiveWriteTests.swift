import Glibc
import Testing

/// What a live capture writes: packets with their processes, as they come.
@Suite(
  .enabled(
    if: Namespace.isPermitted && Place.has("python3") && Place.has("tshark"),
    "network namespaces (unshare -rn), python3 and tshark are needed; one of them is not to be had here"
  ))
struct LiveWriteTests {
  /// A client that stays until it is told to go, and says its number.
  private static let client = """
    import os, socket, sys, time
    s = socket.create_connection(('127.0.0.1', 3699))
    # Only what comes when the process is known carries its number.
    time.sleep(0.5)
    s.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n')
    while s.recv(4096): pass
    print('had', os.getpid(), flush=True)
    sys.stdin.read()
    """

  private func talk(_ namespace: Namespace) throws -> Program {
    let client = try namespace.start(["python3", "-c", Self.client])
    try client.wait(for: "had ")
    return client
  }

  @Test func `Packets carry the number of the process that sent them, and blocks describe it`()
    throws
  {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let server = try namespace.webServer()
    let capture = try namespace.live("-w", folder("live.pcapng"))
    let client = try talk(namespace)
    try capture.wait(for: "it is HTTP")
    capture.send(SIGINT)
    #expect(try capture.finish().status == 0)
    let file = folder("live.pcapng")
    let outcome = try Command.icwscan("analyze", "--json", file)
    let flow = try #require(try JSONText.records(outcome.output).first { $0.kind == "flow" })
    #expect(flow["icwscan.server_process.pid"]?.integer == Int(server.identifier))
    #expect(flow["icwscan.client_process.pid"]?.integer == Int(client.identifier))
    #expect(flow["icwscan.server_process.command_line"]?.string?.contains("http.server") == true)
    #expect(flow["icwscan.server_attribution"]?.string == "capture-file")
    let shown = try Command.run([
      "tshark", "-r", file, "-Y", "tcp", "-T", "fields", "-e", "frame.comment",
    ])
    #expect(shown.status == 0 && shown.output.contains("icwscan: other-application http"))
    for word in ["malformed", "error", "isn't", "corrupt", "damaged"] {
      #expect(!shown.errors.contains(word), "\(shown.errors)")
    }
    let info = try Command.run(["capinfos", file])
    #expect(info.status == 0 && info.output.contains("Number of stat entries = 1"))
    // Nobody asked for names: there is no block of them.
    let bytes = try #require(Place.read(file))
    #expect(Self.blocks(bytes).filter { $0 == 4 }.isEmpty)
    #expect(Self.blocks(bytes).filter { $0 == 0xbad }.count == 2)
    #expect(Self.blocks(bytes).last == 5)
  }

  @Test func `With --resolve the names that were found are in the file`() throws {
    let namespace = try Namespace()
    let folder = try TemporaryFolder()
    let server = try namespace.webServer()
    let capture = try namespace.live("--resolve", "-w", folder("live.pcapng"))
    let client = try talk(namespace)
    try capture.wait(for: "it is HTTP")
    capture.send(SIGINT)
    let outcome = try capture.finish()
    #expect(outcome.status == 0)
    let named = outcome.output.contains("127.0.0.1:3699 (localhost)")
    let bytes = try #require(Place.read(folder("live.pcapng")))
    #expect(Self.blocks(bytes).contains(4) == named)
    withExtendedLifetime((server, client)) {}
  }

  @Test func `-w - gives each packet to its reader as it comes, and ends with its reader`() throws {
    let namespace = try Namespace()
    let server = try namespace.webServer()
    // What the capture says goes to standard error, what the reader shows to standard output.
    let pair = try namespace.start([
      "bash", "-c",
      "set -o pipefail; \(Place.binary) live -l -i lo -w - |"
        + " tshark -l -n -c 6 -i - -T fields -e tcp.flags.str -e tcp.dstport",
    ])
    try pair.wait(for: "capturing on", on: .errors)
    // tshark says so once it has read the first block.
    try pair.wait(for: "Capturing on '-'", on: .errors)
    let client = try talk(namespace)
    let outcome = try pair.finish()
    // After six packets tshark ends, and with it the capture, though its client stays connected.
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("3699"))
    #expect(outcome.errors.contains("is not KPN-ICW: it is HTTP"))
    withExtendedLifetime((server, client)) {}
  }

  /// The types of a little-endian pcapng file's blocks.
  private static func blocks(_ bytes: [UInt8]) -> [UInt32] {
    func number(_ place: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * $1) }
    }
    var types: [UInt32] = []
    var place = 0
    while place + 12 <= bytes.count, number(place + 4) >= 12 {
      types.append(number(place))
      place += Int(number(place + 4))
    }
    return types
  }
}
