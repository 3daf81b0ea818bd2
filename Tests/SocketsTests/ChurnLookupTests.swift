import CLinux
import Glibc
import Testing

@testable import Sockets

/// The look-up of a live capture, among processes and sockets that come and go as fast as the processors allow, with
/// process numbers that come back at once. What is true each process says itself (`Tests/churn`).
@Suite struct ChurnLookupTests {
  /// What the answers were.
  private struct Score: Sendable {
    var lookups = 0
    var right = 0
    var candidates = 0
    var reasons: [MissingOwner: Int] = [:]
    var unnamed = 0
    var wrong: [String] = []
  }

  private static let isWhole = unsafe getenv("ICWSCAN_TEST_ALL") != nil
  private static let churn: String = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(2)
    return "/" + parts.joined(separator: "/") + "/churn"
  }()

  @Test func `no flow is given to a process that does not hold its socket`() throws {
    guard Capabilities.current().hasSysAdmin,
      unsafe access("/usr/bin/python3", X_OK) == 0, unsafe access("/usr/bin/unshare", X_OK) == 0,
      let (_, child) = TestProcess.output(
        of: [
          "/usr/bin/unshare", "-n", "-p", "-f", "-m", "--mount-proc", "--kill-child",
          "/usr/bin/python3", Self.churn,
        ], lines: 1),
      let inside = ProcRoot().contents(of: "\(child.pid)/task/\(child.pid)/children")
        .flatMap({ Decimal.parse($0.prefix { $0 != 0x20 }) })
    else {
      print("skipped: needs CAP_SYS_ADMIN, unshare and python3")
      return
    }
    defer { child.end() }
    // Look-ups are counted and not time, which only ends what hangs.
    let seconds = Self.isWhole ? 1_800 : 120
    let wanted = Self.isWhole ? 10_000 : 200
    let score = Worker.run { () -> Score in
      guard let net = try? Descriptor("/proc/\(inside)/ns/net"),
        linux_enter_network_namespace(net.number) == 0
      else { return Score() }
      return Self.score(ProcRoot("/proc/\(inside)/root/proc"), seconds, wanted)
    }
    let found = try #require(score)
    print("look-ups among churning processes: \(found)")
    #expect(found.wrong.isEmpty)
    // Most of what is found in the tables is gone before its process can be found: then the answer is no name.
    #expect(found.right >= (Self.isWhole ? wanted / 10 : 1))
    #expect(!Self.isWhole || found.lookups >= wanted)
    #expect(found.unnamed <= found.right / 50 + 5)
  }

  private static func score(_ proc: ProcRoot, _ seconds: Int, _ wanted: Int) -> Score {
    var score = Score()
    let lookup = OwnerLookup(proc: proc)
    guard let socket = try? NetlinkSocket.open() else { return score }
    let tables = SocketTables(socket)
    let end = now() + seconds
    while now() < end, score.lookups < wanted || score.right < wanted / 10 {
      // The longer the list, the older its end.
      let entries = (try? tables.read(port: 3_699).entries) ?? []
      for entry in entries.filter({ $0.inode != 0 }).shuffled().prefix(4) {
        score.lookups += 1
        judge(
          lookup.owner(of: entry.transport, local: entry.local, peer: entry.peer), entry, &score)
      }
    }
    return score
  }

  private static func judge(_ answer: Ownership, _ entry: SocketEntry, _ score: inout Score) {
    let address = entry.localAddress
    guard address.count == 4, address[0] == 127 else { return }
    let family = Int(address[1] & 63) << 16 | Int(address[2]) << 8 | Int(address[3])
    let roles = [["a"], ["a", "b"], ["a", "c"], ["a"]][Int(address[1] >> 6)]
    let names = roles.map { Array((String(family, radix: 16) + $0).utf8) }
    if let missing = answer.missing { score.reasons[missing, default: 0] += 1 }
    if !answer.candidates.isEmpty { score.candidates += 1 }
    if answer.holders.isEmpty, answer.candidates.isEmpty, answer.missing == nil {
      score.wrong.append("neither a holder nor a reason")
    }
    for holder in answer.holders {
      let process = holder.process
      let argument = process.arguments.first ?? []
      if names.contains(process.command) || names.contains(argument) {
        score.right += 1
      } else if argument.isEmpty {
        score.unnamed += 1
      } else {
        let texts = [process.command, argument].map { String(decoding: $0, as: UTF8.self) }
        score.wrong.append("\(String(family, radix: 16)): \(texts) by \(answer.method)")
      }
    }
  }

  private static func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec
  }
}
