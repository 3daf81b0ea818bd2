import Glibc
import Testing

/// Every recording gives exactly the records that lie beside it.
@Suite struct GoldenTests {
  /// Set by an author who wants the records written anew.
  private static let isRecording = unsafe getenv("ICWSCAN_RECORD") != nil

  @Test(arguments: Capture.all)
  func `A recording gives exactly the records beside it`(_ capture: Capture) throws {
    let outcome = try Command.icwscan("analyze", "--json", capture.path)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let path = "\(Place.root)/\(capture.golden)"
    let expected = Place.text(path)
    if Self.isRecording, expected != outcome.output {
      Place.write(Array(outcome.output.utf8), to: path)
      Issue.record("\(capture.golden) was written anew: read it, then run the tests again")
      return
    }
    let golden = try #require(expected, "\(capture.golden) is missing; ICWSCAN_RECORD=1 writes it")
    // Line by line, so that a difference is shown by the record in which it lies.
    let lines = golden.split(separator: "\n")
    #expect(lines.count == outcome.lines.count)
    for (line, other) in zip(outcome.lines, lines) { #expect(line == String(other)) }
    #expect(golden.utf8.count == outcome.output.utf8.count)
  }

  @Test func `The same input gives the same bytes on every run`() throws {
    let first = try Command.icwscan("analyze", "--json", "captures").output
    for _ in 0..<4 {
      let next = try Command.icwscan("analyze", "--json", "captures").output
      for (one, other) in zip(first.split(separator: "\n"), next.split(separator: "\n")) {
        #expect(one == other)
      }
      #expect(first.utf8.count == next.utf8.count)
    }
  }

  @Test func `No expected records lie without their recording`() {
    let known = Set(Capture.all.map(\.golden))
    for folder in Capture.folders {
      for name in Place.names(in: "\(Place.root)/captures/\(folder)") where name.hasSuffix(".json")
      {
        #expect(known.contains("captures/\(folder)/\(name)"))
      }
    }
  }

  @Test func `The folder as a whole gives the same flows as its files, in their order`() throws {
    let whole = try JSONText.records(Command.icwscan("analyze", "--json", "captures").output)
    let single = try Capture.all.flatMap { try $0.records() }
    let (files, folder) = (
      single.filter { $0.kind != "summary" }, whole.filter { $0.kind != "summary" }
    )
    #expect(files.count == folder.count)
    for (one, other) in zip(files, folder) {
      let place =
        "\(one["log.file.path"]?.string ?? "") \(one["icwscan.flow_number"]?.integer ?? 0)"
      #expect(one == other, "\(place)")
    }
    #expect(whole.last?.kind == "summary")
  }

  @Test func `Reconstructions come from their script, byte for byte`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.run(["python3", "captures/reconstruct", folder.path])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.lines.count >= 16)
    for line in outcome.lines {
      let name = String(line.prefix { $0 != " " })
      #expect(Place.read(folder(name)) == Place.read("\(Place.root)/captures/\(name)"), "\(name)")
    }
  }

  @Test(.enabled(if: Validator.isInstalled, "python3 with jsonschema is not installed"))
  func `Every record of every recording validates against the schema`() throws {
    let verdicts = try Validator.check(Command.icwscan("analyze", "--json", "captures").output)
    #expect(verdicts.isEmpty, "\(verdicts)")
    let packets = try Command.icwscan("analyze", "--json", "--packets", "captures")
    #expect(try Validator.check(packets.output).isEmpty)
  }
}
