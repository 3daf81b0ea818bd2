import Glibc
import Testing

/// Writing that fails: the user is told once, the status says it, and what was written before is whole.
@Suite struct WriteFaultTests {
  private let http = "captures/http/python.pcap"

  /// Packets in a capture file that ends with a whole one.
  private func packets(_ path: String) throws -> Int {
    let outcome = try Command.icwscan("analyze", "--json", "--packets", path)
    #expect(outcome.status <= 1 && outcome.errors.isEmpty, "\(outcome.errors)")
    return try JSONText.records(outcome.output).filter { $0.kind == "packet" }.count
  }

  @Test(
    .faults,
    arguments: [(ENOSPC, "space"), (EIO, "error"), (EDQUOT, "space")])
  func `A disk that takes no more keeps what it took, and the flows are told all the same`(
    _ number: Int32, _ word: String
  ) throws {
    let folder = try TemporaryFolder()
    let usual = try Command.icwscan("analyze", "--json", http)
    let all = try packets(http)
    for place in [0, 100, 1_000] {
      let outcome = try FaultShim.icwscan(
        "write:\(number):\(place):out.pcapng", "analyze", "--json", "-w", folder("out.pcapng"), http
      )
      #expect(outcome.status == 4, "\(place): \(outcome.status) \(outcome.errors)")
      #expect(outcome.errorLines.count == 1 && outcome.errors.contains("out.pcapng"))
      #expect(outcome.errors.contains(word), "\(outcome.errors)")
      let flows = try JSONText.records(outcome.output).filter { $0.kind == "flow" }
      #expect(flows == (try JSONText.records(usual.output).filter { $0.kind == "flow" }))
      let isEmpty = try Command.run(["test", "-s", folder("out.pcapng")]).status != 0
      let kept = isEmpty ? 0 : try packets(folder("out.pcapng"))
      #expect(kept < all && (place < 1_000 || kept > 0), "\(kept) of \(all)")
    }
  }

  @Test(.faults) func `Standard output that fails is told once, with the system's reason`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.run(
      ["bash", "-c", "\(Place.binary) analyze --json captures > \(folder("out"))"],
      environment: FaultShim.variables("write:\(EIO):70000:\(folder("out"))"))
    #expect(outcome.status == 4 && outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("standard output: Input/output error"), "\(outcome.errors)")
    let lines = (Place.text(folder("out")) ?? "").split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count > 10)
    for line in lines.dropLast() { #expect(throws: Never.self) { try JSONText(String(line)) } }
  }

  @Test(.faults) func `A state file on a full disk is left as it was, and the findings are told`()
    throws
  {
    let folder = try TemporaryFolder()
    let state = folder("state")
    #expect(try Command.icwscan("analyze", "--resume", state, http).status == 0)
    let before = Place.read(state)
    let usual = try Command.icwscan("analyze", "--json", "captures/dns")
    // What was written of a line that did not fit is taken away.
    let outcome = try FaultShim.icwscan(
      "write:\(ENOSPC):50:state", "analyze", "--json", "--resume", state, http, "captures/dns")
    #expect(outcome.status == 4 && outcome.errors.contains("is not kept"), "\(outcome.errors)")
    #expect(Place.read(state) == before)
    let flows = try JSONText.records(outcome.output).filter { $0.kind == "flow" }
    #expect(flows == (try JSONText.records(usual.output).filter { $0.kind == "flow" }))
    let again = try Command.icwscan("analyze", "--resume", state, http, "captures/dns")
    #expect(again.status == 0)
  }

  @Test(.mounts) func `A file system that is full ends a live capture, and what fitted is whole`()
    throws
  {
    let folder = try TemporaryFolder()
    // A megabyte for packets that come until the capture ends.
    let script = """
      mount -t tmpfs -o size=1m none \(folder.path)
      ip link set lo up
      \(Place.binary) live --json -w \(folder("out.pcapng")) -i lo > \(folder.path)-out 2> \(folder.path)-err &
      until grep -q 'capturing on' \(folder.path)-err; do sleep 0.05; done
      python3 - $! <<'P'
      import os, socket, sys, time
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      r = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); r.bind(("127.0.0.1", 3699))
      while b") Z " not in open(f"/proc/{sys.argv[1]}/stat", "rb").read():
        s.sendto(b"x" * 1000, ("127.0.0.1", 3699)); r.recv(2000); time.sleep(0.0005)
      P
      wait $!; echo status $?
      \(Place.binary) analyze --json --packets \(folder("out.pcapng")) | grep -c '"record":"packet"'
      cat \(folder.path)-out; cat \(folder.path)-err >&2; rm -f \(folder.path)-out \(folder.path)-err
      """
    let outcome = try Command.run(["unshare", "-rnm", "bash", "-c", script])
    #expect(outcome.lines.first == "status 4", "\(outcome.output) \(outcome.errors)")
    let kept = outcome.lines.dropFirst().first.flatMap { Int($0) } ?? 0
    #expect(kept > 900, "\(outcome.lines.prefix(2))")
    #expect(outcome.output.contains("\"record\":\"summary\""))
    #expect(outcome.errors.contains("out.pcapng") && outcome.errors.contains("space"))
  }
}
