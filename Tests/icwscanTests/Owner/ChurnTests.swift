import Glibc
import Testing

/// Processes and sockets that come and go as fast as the processors allow, with numbers that come back at once: no
/// socket is ever given to a process that does not hold it. What is true each process says itself (`Tests/churn`).
@Suite(.serialized, .enabled(if: Stage.isPermitted, Comment(rawValue: Stage.needs)))
struct ChurnTests {
  /// What the answers were.
  private struct Score {
    var lookups = 0
    var right = 0
    var reasons: [String: Int] = [:]
    /// Holders that were between two programs and had no name at that moment.
    var unnamed = 0
    var wrong: [String] = []
  }

  private static let isWhole = unsafe getenv("ICWSCAN_TEST_ALL") != nil

  /// The churn, and the words that run a program in its namespaces.
  private func churn() throws -> (maker: Program, inside: [String]) {
    let maker = try Program(
      [
        "unshare", "-n", "-p", "-f", "-m", "--mount-proc", "--kill-child", Stage.python,
        Place.root + "/Tests/churn",
      ])
    try maker.wait(for: "{ready}")
    let children = "/proc/\(maker.identifier)/task/\(maker.identifier)/children"
    let first = try #require(Place.text(children)?.split(separator: " ").first)
    return (maker, ["nsenter", "-t", "\(first)", "-n", "-p", "-m"])
  }

  @Test func `No owner is wrong while processes and sockets come and go`() throws {
    let (maker, inside) = try churn()
    defer { maker.send(SIGKILL) }
    var score = Score()
    // Look-ups are counted and not time, which only ends what hangs.
    let end = Program.now + (Self.isWhole ? 1_800 : 120)
    let wanted = Self.isWhole ? 10_000 : 200
    while Program.now < end, score.lookups < wanted || score.right < wanted / 10 {
      let outcome = try Command.run(inside + [Place.binary, "owner", "--json"])
      for record in try JSONText.records(outcome.output) where record.kind == "socket" {
        Self.judge(record, &score)
      }
    }
    print("owners among churning processes: \(score)")
    #expect(score.wrong.isEmpty)
    // Some of what is found in the tables is gone before its process can be found: then the answer is no name.
    #expect(score.right >= (Self.isWhole ? wanted / 10 : 1))
    #expect(!Self.isWhole || score.lookups >= wanted)
    #expect(score.unnamed <= score.right / 50 + 5)
  }

  @Test
  func `A watch tells of each socket that it comes once and goes once, and no owner is wrong`()
    throws
  {
    let (maker, inside) = try churn()
    defer { maker.send(SIGKILL) }
    let outcome = try Command.run(
      inside + ["timeout", "-s", "INT", Self.isWhole ? "30" : "4"] + [
        Place.binary, "owner", "--watch", "--json",
      ])
    var score = Score()
    var present: Set<Int> = []
    for record in try JSONText.records(outcome.output) where record.kind == "socket" {
      Self.judge(record, &score)
      let cookie = try #require(record["icwscan.socket.cookie"]?.integer)
      switch record["event.action"]?.string {
      case "socket-present", "socket-appeared": #expect(present.insert(cookie).inserted)
      case "socket-vanished" where record["icwscan.lived_between_looks"] != nil:
        #expect(!present.contains(cookie))
      case "socket-vanished": #expect(present.remove(cookie) != nil)
      default: #expect(present.contains(cookie))
      }
    }
    print("a watch over churning processes: \(score)")
    #expect(score.wrong.isEmpty && score.right > 0)
    if Validator.isInstalled { #expect(try Validator.check(outcome.output) == []) }
  }

  private static func judge(_ record: JSONText, _ score: inout Score) {
    let holders = record["icwscan.holders"]?.list ?? []
    guard let address = record["source.ip"]?.string else { return }
    let parts = address.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 4, parts[0] == 127 else { return }
    score.lookups += 1
    let number = String((parts[1] & 63) << 16 | parts[2] << 8 | parts[3], radix: 16)
    let roles = [["a"], ["a", "b"], ["a", "c"], ["a"]][parts[1] >> 6]
    let names = Set(roles.map { number + $0 })
    if holders.isEmpty {
      guard let reason = record["icwscan.missing_owner"]?.string else {
        score.wrong.append("neither a holder nor a reason")
        return
      }
      score.reasons[reason, default: 0] += 1
    }
    for holder in holders {
      let name = holder["process.name"]?.string ?? ""
      let argument = holder["process.args"]?.list.first?.string ?? ""
      if names.contains(name) || names.contains(argument) {
        score.right += 1
      } else if argument.isEmpty {
        score.unnamed += 1
      } else {
        score.wrong.append("\(address) (\(number)): \(name) \(argument)")
      }
    }
  }
}
