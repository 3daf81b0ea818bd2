import Packets
import Testing
import Verdicts

@testable import Report

/// The commands of the next steps see what the run saw.
@Suite struct NextStepTests {
  private static func option(
    _ name: String, _ value: String, _ placeholder: String? = nil
  ) -> RunOptions.Option {
    RunOptions.Option(name, Array(value.utf8), placeholder: placeholder)
  }

  /// A run over captures with one undetermined flow.
  private static func summary(_ change: (inout SummaryRecord) -> Void) -> SummaryRecord {
    var tally = Tally()
    tally.note(Samples.record(Verdict(.undetermined, role: .server)))
    var summary = SummaryRecord(tally: tally, files: 1)
    summary.inputs = [Array("old captures".utf8)]
    summary.options.surroundings = [option("--rules", "own.rules", "FILE")]
    summary.options.filter = Array("host 192.0.2.1".utf8)
    summary.options.flows = [option("--since", "2003-05-01T00:00:00Z")]
    summary.options.classes = [option("--verdict", "undetermined,scan")]
    change(&summary)
    return summary
  }

  private static func commands(_ summary: SummaryRecord) -> [String] {
    NextStep.all(summary, nil).compactMap(\.command)
  }

  @Test func `what explains a verdict reads the same packets with the same rules`() {
    #expect(
      Self.commands(Self.summary { _ in })[0]
        == "icwscan analyze --explain --verdict undetermined --rules own.rules "
        + "-f 'host 192.0.2.1' --since 2003-05-01T00:00:00Z 'old captures'")
  }

  @Test func `joined inputs are joined again`() {
    #expect(
      Self.commands(Self.summary { $0.isJoined = true })[0]
        .hasSuffix("--since 2003-05-01T00:00:00Z --join 'old captures'"))
  }

  @Test func `where the selection left everything out it is left out, and the filter is kept`() {
    let summary = Self.summary {
      $0.tally = Tally()
      $0.tally.leaveOut(Samples.record())
    }
    #expect(
      Self.commands(summary) == [
        "icwscan analyze --rules own.rules -f 'host 192.0.2.1' 'old captures'"
      ])
  }

  @Test func `where nothing passed the filter it is left out`() {
    #expect(
      Self.commands(Self.summary { $0.tally = Tally() }) == [
        "icwscan analyze --rules own.rules --since 2003-05-01T00:00:00Z "
          + "--verdict undetermined,scan 'old captures'"
      ])
    let unfiltered = Self.summary {
      $0.tally = Tally()
      $0.options.filter = nil
    }
    #expect(
      Self.commands(unfiltered) == [
        "icwscan analyze --port NUMBER --rules own.rules --since 2003-05-01T00:00:00Z "
          + "--verdict undetermined,scan 'old captures'"
      ])
  }

  @Test func `a capture is made again where it was, of what passed its filter`() {
    var summary = SummaryRecord(tally: Tally(), counters: DropsRecord(dropped: 3), port: 443)
    summary.namespace = Array("blue".utf8)
    summary.options.surroundings = [Self.option("-i", "eth0", "INTERFACE")]
    summary.options.filter = Array("host 192.0.2.1 and tcp".utf8)
    #expect(
      Self.commands(summary)[0]
        == "sudo icwscan live --netns blue --port 443 -i eth0 -B 65536 'host 192.0.2.1 and tcp'")
  }

  @Test func `a buffer that lost packets is doubled`() {
    var summary = SummaryRecord(tally: Tally(), counters: DropsRecord(dropped: 3))
    for (had, told) in [(nil, "65536"), (16, "65536"), (131_072, "262144"), (2_000_000, "2097151")]
    {
      summary.options.bufferKiB = had
      #expect(Self.commands(summary)[0] == "sudo icwscan live -B \(told)")
    }
  }

  @Test func `a redacted run's commands have placeholders, and tell of the filter`() {
    var summary = Self.summary {
      $0.tally = Tally()
      $0.options.flows.append(Self.option("--host", "192.0.2.1", "ADDRESS"))
    }
    summary.redactOptions()
    #expect(
      NextStep.all(summary, nil).map(\.text) == [
        "nothing of port 3699 passed the filter; look without it: icwscan analyze --rules FILE "
          + "--since 2003-05-01T00:00:00Z --host ADDRESS --verdict undetermined,scan "
          + "'old captures'"
      ])
    summary = Self.summary { _ in }
    summary.redactOptions()
    #expect(Self.commands(summary)[0].contains(" -f FILTER "))
  }

  @Test(arguments: [
    ("ip proto \\tcp", "'ip proto \\tcp'"), ("a'b", "'a'\\''b'"),
    ("tcp\nor udp", "$'tcp\\x0aor udp'"),
    ("\u{1b}[31m'\\", "$'\\x1b[31m\\x27\\x5c'"), ("\u{202e}x", "$'\\xe2\\x80\\xaex'"), ("", "''"),
    ("a\\b c'd", "'a\\b c'\\''d'"), ("caf\u{e9}", "caf\u{e9}"),
  ])
  func `a word is typed so that a shell gives the same bytes`(word: String, typed: String) throws {
    #expect(Escaped.typed([Array(word.utf8)]) == typed)
  }

  @Test func `a value that begins like an option stands in one word with its name`() {
    #expect(Self.option("--rules", "-x").words == [Array("--rules=-x".utf8)])
    #expect(RunOptions.Option("-p").words == [Array("-p".utf8)])
  }
}
