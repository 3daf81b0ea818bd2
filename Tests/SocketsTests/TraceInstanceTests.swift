import Glibc
import Testing

@testable import Sockets

/// Whether the kernel's trace can be had here: root, tracefs, the first PID namespace.
private let hearsKernel = (try? KernelTrace(port: 1, proc: ProcRoot())) != nil

@Suite(
  .serialized,
  .enabled(if: hearsKernel, "needs root, tracefs and the first PID namespace"))
struct TraceInstanceTests {
  /// The instances of a maker.
  private func instances(_ key: String) throws -> [String] {
    let root = try TraceFileSystem.open()
    let directory = try Descriptor("instances", in: root.number, flags: O_RDONLY | O_DIRECTORY)
    return try directory.names(limit: 10_000).map { String(decoding: $0, as: UTF8.self) }
      .filter { $0.hasPrefix("icwscan-\(key)-") }.sorted()
  }

  @Test func `names tell their maker`() throws {
    let own = try #require(ProcessKeyText(in: ProcRoot()))
    #expect(ProcessKeyText(instance: "icwscan-\(own.text)-port") == own)
    #expect(ProcessKeyText(instance: "icwscan-12-34")?.startTicks == 34)
    for name in ["other-1-2-x", "icwscan-", "icwscan-1", "icwscan-0-1-x", "icwscan-a-1-x"] {
      #expect(ProcessKeyText(instance: name) == nil, "\(name)")
    }
  }

  @Test func `what a dead maker left goes at the next start, what is in use stays`() throws {
    let own = try #require(ProcessKeyText(in: ProcRoot()))
    let process = try #require(TestProcess(["/bin/true"]))
    let dead = "\(process.pid)-1"
    process.wait()
    let root = try TraceFileSystem.open()
    for name in ["icwscan-\(dead)-port", "icwscan-\(dead)-tasks"] {
      #expect(unsafe mkdirat(root.number, "instances/\(name)", 0o700) == 0)
    }
    let first = try KernelTrace(port: 2, proc: ProcRoot())
    #expect(try instances(dead).isEmpty)
    let before = try instances(own.text)
    #expect(before.count >= 2)
    let second = try KernelTrace(port: 2, proc: ProcRoot())
    #expect(try Set(instances(own.text)).isSuperset(of: before))
    second.close()
    first.close()
  }

  @Test(arguments: [false, true])
  func `a connection that is over is named by whoever opened it`(isIPv6: Bool) throws {
    let listener = try TestSocket(isIPv6: isIPv6).bound(
      to: isIPv6 ? TestSocket.loopback6 : TestSocket.loopback4
    ).listening()
    let address = isIPv6 ? TestSocket.loopback6 : TestSocket.loopback4
    let server = SocketEndpoint(address: address, port: listener.port)
    let trace = try KernelTrace(port: listener.port, proc: ProcRoot())
    let client = try TestSocket(isIPv6: isIPv6).connected(to: address, port: listener.port)
    let time = BootTime.now
    let local = SocketEndpoint(address: address, port: client.port)
    client.end()
    // Events settle for a fraction of a millisecond.
    var answer = KernelTrace.Answer.nobody
    for _ in 0..<1_000 where answer == .nobody {
      answer = trace.opener(isDatagram: false, local: local, peer: server, at: time, namespace: nil)
      _ = sched_yield()
    }
    guard case .process(let process) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(process.pid == getpid() && !process.hasEnded)
    let elsewhere = trace.opener(
      isDatagram: false, local: local, peer: server, at: time, namespace: 1)
    #expect(elsewhere == .nobody)
    trace.close()
  }
}
