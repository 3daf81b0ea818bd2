import FoundationEssentials
import Testing

@testable import Flows
@testable import Identify

/// Flows that others recorded, as lines of text: path, label, tier, class, transport, whether the client is known (1),
/// then `c:hex` or `s:hex` a turn, with `-` before the hex when the packet was cut.
private let streams = ProcessInfo.processInfo.environment["ICWSCAN_STREAMS"]

/// A table of labels: label, the names that count as the same (blank separated), and what else it holds.
private let labels = ProcessInfo.processInfo.environment["ICWSCAN_LABELS"]

/// The label whose every stream is told with all that was read out of it.
private let detail = ProcessInfo.processInfo.environment["ICWSCAN_DETAIL"]

@Suite struct StreamFileTests {
  @Test(.enabled(if: streams != nil, "needs ICWSCAN_STREAMS, a file of labelled streams"))
  func `no labelled stream gets a wrong name`() throws {
    let accepted = try Self.accepted()
    var tallies: [String: Tally] = [:]
    var wrong: [String] = []
    var unnamed: [String] = []
    var rivals: [String] = []
    let clock = ContinuousClock()
    var spent = Duration.zero
    for line in try Self.lines(of: #require(streams)) {
      let stream = try #require(
        LabelledStream(line), "a line that is no stream: \(line.prefix(80))")
      var identification: Identification?
      spent += clock.measure { identification = Identification(of: stream.conversation) }
      let names = accepted[stream.label, default: []].union([stream.label])
      let found = try #require(identification)
      if stream.label == detail { print(stream.path, Self.told(found)) }
      guard let recognition = found.recognition else {
        unnamed.append("\(stream.path): \(found.undecided.joined(separator: " "))")
        tallies[stream.label, default: Tally()].unnamed += 1
        continue
      }
      if names.contains(recognition.application) {
        tallies[stream.label, default: Tally()].right += 1
        if let rival = found.runnersUp.first(where: { !names.contains($0.application) }) {
          rivals.append("\(stream.path): \(rival.application) \(rival.precedence.rawValue)")
        }
      } else {
        tallies[stream.label, default: Tally()].wrong += 1
        wrong.append("\(stream.path): \(recognition.application) \(recognition.strength)")
      }
    }
    print(Self.table(tallies))
    for name in unnamed { print("unnamed         ", name) }
    for rival in rivals { print("also said yes   ", rival) }
    for name in wrong { print("wrong           ", name) }
    print("time", spent)
    #expect(wrong.isEmpty)
  }

  @Test func `a line of a stream file becomes a conversation`() throws {
    let stream = try #require(
      LabelledStream("a.pcap\tssh\t1\tserver\ttcp\t1\ts:5353\tc:-54\tc:55"))
    #expect(stream.label == "ssh")
    #expect(stream.conversation.server.bytes == [0x53, 0x53])
    #expect(stream.conversation.client.bytes == [0x54])
    #expect(stream.conversation.client.isIncomplete)
    #expect(stream.conversation.turns.count == 2)
    #expect(stream.conversation.knowsClient)
  }

  @Test(arguments: ["", "a\tb\t1\tserver\tsctp\t1\tc:00", "a\tb\t1\tserver\ttcp\t1\tx:00"])
  func `a line that is none is refused`(line: String) {
    #expect(LabelledStream(line) == nil)
  }

  private static func told(_ found: Identification) -> String {
    guard let recognition = found.recognition else {
      return "nothing, undecided " + found.undecided.joined(separator: " ")
    }
    let facts = recognition.facts.map { "\($0.field.rawValue)=\($0.value)" }
    return "\(recognition.application) \(recognition.strength) " + facts.joined(separator: "; ")
  }

  private struct Tally {
    var right = 0
    var unnamed = 0
    var wrong = 0
  }

  private static func lines(of path: String) throws -> [Substring] {
    let bytes = try Data(contentsOf: URL(filePath: path))
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  private static func accepted() throws -> [String: Set<String>] {
    guard let labels else { return [:] }
    var names: [String: Set<String>] = [:]
    for line in try lines(of: labels).dropFirst() {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count >= 2 else { continue }
      names[String(columns[0])] = Set(columns[1].split(separator: " ").map(String.init))
    }
    return names
  }

  private static func table(_ tallies: [String: Tally]) -> String {
    var sum = Tally()
    var text = ""
    for (label, tally) in tallies.sorted(by: { $0.key < $1.key }) {
      text += row(label, tally)
      sum.right += tally.right
      sum.unnamed += tally.unnamed
      sum.wrong += tally.wrong
    }
    return row("label", nil) + text + row("all", sum)
  }

  private static func row(_ label: String, _ tally: Tally?) -> String {
    func cell(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    let cells = tally.map { ["\($0.right)", "\($0.unnamed)", "\($0.wrong)"] }
    let name = label + String(repeating: " ", count: max(0, 22 - label.count))
    return name + (cells ?? ["right", "unnamed", "wrong"]).map { cell($0, 8) }.joined() + "\n"
  }
}
