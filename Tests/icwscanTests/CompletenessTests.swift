import Glibc
import Identify
import Testing

/// Every name in the list of recognisers rests on something.
@Suite struct CompletenessTests {
  @Test func `Names are unique, lower-case, and say what they rest on`() {
    let names = Recogniser.all.map(\.name)
    #expect(Set(names).count == names.count)
    for recogniser in Recogniser.all {
      #expect(recogniser.name == recogniser.name.lowercased() && !recogniser.name.isEmpty)
      #expect(!recogniser.basis.isEmpty, "\(recogniser.name) rests on nothing")
      #expect(!recogniser.specification.isEmpty && !recogniser.title.isEmpty)
    }
  }

  @Test(arguments: Recogniser.all.filter { $0.basis.contains(.recorded) }.map(\.name))
  func `A recogniser with a recording has one that names it`(_ name: String) {
    let captures = Capture.all.filter { $0.folder == name }
    #expect(!captures.isEmpty, "captures/\(name) has no recording")
    for capture in captures {
      let golden = Place.text("\(Place.root)/\(capture.golden)") ?? ""
      #expect(
        golden.contains("\"application\":\"\(name)\""), "\(capture.golden) does not name \(name)")
    }
  }

  @Test func `A recogniser with a folder of recordings says that it was tested on one`() {
    for recogniser in Recogniser.all where Capture.folders.contains(recogniser.name) {
      #expect(recogniser.basis.contains(.recorded), "\(recogniser.name)")
    }
  }

  @Test(arguments: Recogniser.all.filter { $0.basis.contains(.built) }.map(\.name))
  func `A recogniser tested on its specification's examples has tests that name it`(_ name: String)
  {
    let folder = Place.root + "/Tests/IdentifyTests"
    let texts = Place.names(in: folder).filter { $0.hasSuffix(".swift") }
      .compactMap { Place.text("\(folder)/\($0)") }
    #expect(
      texts.contains { $0.contains("\"\(name)\"") || $0.contains(".\(name)") },
      "no test names \(name)")
  }

  @Test func `Every recording's folder is an application or a declared class of recordings`() {
    let names = Set(Recogniser.all.map(\.name))
    let others: Set<String> = ["undetermined", "scan", "nmap", "port-coincidence", "spoofer"]
    for folder in Capture.folders {
      let isKnown =
        names.contains(folder) || others.contains(folder) || folder.hasPrefix("almost-")
        || folder.hasPrefix("icw-reconstructed-")
      #expect(isKnown, "captures/\(folder)")
      #expect(Capture.all.contains { $0.folder == folder }, "captures/\(folder) is empty")
    }
  }

  @Test(
    .enabled(
      if: unsafe getenv("ICWSCAN_CORPUS") != nil,
      "ICWSCAN_CORPUS names no folder of labelled captures that others recorded"))
  func `A recogniser tested on others' captures has a label of its name there`() throws {
    let folder = unsafe String(cString: getenv("ICWSCAN_CORPUS"))
    let index = try #require(Place.text(folder + "/index.tsv"))
    let words = Set(index.split { "\t\n ,".contains($0) }.map { $0.lowercased() })
    for recogniser in Recogniser.all where recogniser.basis == .corpus {
      #expect(words.contains(recogniser.name), "no capture is labelled \(recogniser.name)")
    }
  }

  @Test func `The list of protocols shows every recogniser with its basis`() throws {
    let listed = try JSONText(Command.icwscan("protocols", "--json").output).list
    let named = listed.filter { $0["named"] == .boolean(true) }
    #expect(named.compactMap { $0["name"]?.string } == Recogniser.all.map(\.name).sorted())
    #expect(named.allSatisfy { !($0["basis"]?.list ?? []).isEmpty })
    let lines = try Command.icwscan("protocols").lines
    #expect(lines.prefix { !$0.hasPrefix("NOT NAMED") }.count == Recogniser.all.count + 1)
  }

  @Test func `The list of protocols shows every one that is left unnamed, with the reason`() throws
  {
    let listed = try JSONText(Command.icwscan("protocols", "--json").output).list
    let others = listed.filter { $0["named"] == .boolean(false) }
    let products = others.filter { $0["reason"]?.string == "product" }
    #expect(products.compactMap { $0["name"]?.string } == NamedProduct.all.map(\.name))
    let unnamed = others.filter { $0["reason"]?.string != "product" }
    #expect(unnamed.compactMap { $0["name"]?.string } == UnnamedProtocol.all.map(\.name))
    #expect(
      unnamed.compactMap { $0["reason"]?.string } == UnnamedProtocol.all.map(\.reason.rawValue))
    let lines = try Command.icwscan("protocols").lines.drop { !$0.hasPrefix("NOT NAMED") }
      .prefix { !$0.hasPrefix("PRODUCT") }
    #expect(
      lines.dropFirst().map { String($0.prefix { $0 != " " }) } == UnnamedProtocol.all.map(\.name))
    #expect(Set(UnnamedProtocol.all.map(\.name)).isDisjoint(with: Recogniser.all.map(\.name)))
  }
}
