import Testing

/// Flows added up.
@Suite struct GroupingTests {
  private func groups(_ words: String...) throws -> [JSONText] {
    let outcome = try Command.run([Place.binary, "analyze", "--json", "captures"] + words)
    #expect(outcome.status == 0)
    return try JSONText.records(outcome.output)
  }

  @Test(arguments: ["application", "server", "client", "day"])
  func `The groups hold every flow once, instead of the flows`(key: String) throws {
    let records = try groups("--group-by", key)
    #expect(Set(records.map(\.kind)) == ["group", "summary"])
    let flows = try JSONText.records(Command.icwscan("analyze", "--json", "captures").output)
      .filter { $0.kind == "flow" }
    var expected: [String: Int] = [:]
    for flow in flows {
      let name: String =
        switch key {
        case "application":
          flow["icwscan.verdict.application"]?.string
            ?? "(\(flow["icwscan.verdict.class"]?.string ?? ""))"
        case "server":
          "\(flow["destination.ip"]?.string ?? ""):\(flow["destination.port"]?.integer ?? 0)/"
            + (flow["network.transport"]?.string ?? "")
        case "client": flow["source.ip"]?.string ?? ""
        default: String((flow["event.start"]?.string ?? "").prefix(10))
        }
      expected[name, default: 0] += 1
    }
    var found: [String: Int] = [:]
    for group in records where group.kind == "group" {
      found[group["icwscan.group.name"]?.string ?? "?"] = group["icwscan.group.flows"]?.integer
    }
    #expect(found == expected)
  }

  @Test func `--top tells the largest and says how many more there are`() throws {
    let records = try groups("--group-by", "application", "--top", "3")
    let all = try groups("--group-by", "application").filter { $0.kind == "group" }
    #expect(records.filter { $0.kind == "group" } == Array(all.prefix(3)))
    let rest = records.last?["icwscan.summary.groups_not_listed"]
    #expect(rest?["groups"]?.integer == all.count - 3)
    let text = try Command.icwscan("analyze", "captures", "--group-by", "server", "--top", "1")
    #expect(text.output.contains("\nserver "))
    #expect(text.output.contains("more groups with"))
  }

  @Test func `Groups go with a selection, and --top alone is refused`() throws {
    let records = try groups("--group-by", "application", "--verdict", "scan")
    #expect(
      records.filter { $0.kind == "group" }.map { $0["icwscan.group.name"]?.string } == ["(scan)"])
    for words in [["--top", "3"], ["--group-by", "port"], ["--group-by", "day", "--top", "0"]] {
      let outcome = try Command.run([Place.binary, "analyze", "captures"] + words)
      #expect(outcome.status == 2 && outcome.errorLines.count == 1)
    }
  }

  @Test(.enabled(if: Validator.isInstalled, "python3 with jsonschema is not installed"))
  func `Groups and narrowed summaries validate against the schema`() throws {
    for words in [
      ["--group-by", "server", "--top", "2"], ["--group-by", "client"],
      ["--group-by", "day", "--verdict", "scan"],
    ] {
      let outcome = try Command.run([Place.binary, "analyze", "--json", "captures"] + words)
      #expect(try Validator.check(outcome.output).isEmpty)
    }
  }
}
