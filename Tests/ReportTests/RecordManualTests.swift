import Report
import Testing

/// The page of the records and their schema say the same.
@Suite struct RecordManualTests {
  private static let path =
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    + "/man/icwscan-json.5"

  /// The page's lines by its sections, those of `EVERY RECORD` under that name.
  private static func sections() throws -> [String: [Substring]] {
    let (page, status) = Command.run(try #require(Command.path("cat")), [path])
    try #require(status == 0)
    var sections: [String: [Substring]] = [:]
    var name = ""
    for line in page.split(separator: "\n") {
      if line.hasPrefix(".Ss ") || line.hasPrefix(".Sh ") { name = String(line.dropFirst(4)) }
      sections[name, default: []].append(line)
    }
    return sections
  }

  /// The fields that a section's tags name.
  private static func fields(_ lines: [Substring]) -> [String] {
    lines.filter { $0.hasPrefix(".It Va ") }.flatMap { line in
      line.dropFirst(7).split(separator: " ").filter { $0 != "," }.map(String.init)
    }
  }

  private static var definitions: [JSONObject.Member] {
    guard case .object(let schema) = Schema.json, case .object(let found)? = schema["$defs"] else {
      return []
    }
    return found.members
  }

  /// The innermost fields below a node by their paths; an object of its own is one field.
  private static func leaves(_ node: JSONValue, _ path: String) -> [String] {
    guard case .object(let object) = node else { return [path] }
    if object["$ref"] != nil, !path.isEmpty { return [path] }
    if let items = object["items"] { return leaves(items, path) }
    guard case .object(let properties)? = object["properties"] else {
      return path.isEmpty ? [] : [path]
    }
    return properties.members.flatMap {
      leaves($0.value, path.isEmpty ? $0.key : "\(path).\($0.key)")
    }
  }

  /// Every value of the lists of values below a node.
  private static func words(_ node: JSONValue) -> [String] {
    switch node {
    case .object(let object):
      object.members.flatMap { member -> [String] in
        guard member.key == "enum", case .array(let values) = member.value else {
          return words(member.value)
        }
        return values.compactMap { if case .string(let word) = $0 { word } else { nil } }
      }
    case .array(let nodes): nodes.flatMap(words)
    default: []
    }
  }

  @Test func `each field of the schema is on the page and each field of the page in the schema`()
    throws
  {
    let sections = try Self.sections()
    let common = Set(Self.fields(sections["EVERY RECORD"] ?? []))
    #expect(common.contains("@timestamp"))
    let kinds = Set(RecordKind.allCases.map(\.rawValue))
    for definition in Self.definitions {
      let lines = try #require(sections[definition.key], "the page has no .Ss \(definition.key)")
      let told = Self.fields(lines)
      #expect(told.count == Set(told).count, "\(definition.key) names a field twice")
      var there = Set(Self.leaves(definition.value, ""))
      if kinds.contains(definition.key) {

        #expect(there.isSuperset(of: common), "\(definition.key) lacks what every record has")
        there.subtract(common)
      }
      #expect(there.subtracting(told).sorted() == [], "not on the page, .Ss \(definition.key)")
      #expect(Set(told).subtracting(there).sorted() == [], "not in the schema's \(definition.key)")
    }
    let known = Set(Self.definitions.map(\.key))
    for (name, lines) in sections where !Self.fields(lines).isEmpty && name != "EVERY RECORD" {
      #expect(known.contains(name), "the schema has no \(name)")
    }
  }

  @Test func `each value of the schema's lists is on the page`() throws {
    let page = try Self.sections().values.flatMap { lines in
      lines.flatMap { $0.split(separator: " ") }
    }
    let told = Set(page.map(String.init))
    for definition in Self.definitions {
      let missing = Set(Self.words(definition.value)).subtracting(told).sorted()
      #expect(missing == [], "\(definition.key)")
    }
  }

  @Test func `mandoc has nothing to warn of`() throws {
    guard let mandoc = Command.path("mandoc") else {
      print("SKIPPED: mandoc is not installed; the page of the records is not linted")
      return
    }
    #expect(Command.run(mandoc, ["-T", "lint", "-W", "warning", Self.path]).output == "")
  }
}
