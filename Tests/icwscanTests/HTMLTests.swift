import Glibc
import Testing

@Suite struct HTMLTests {
  private static let capture = "captures/http/python.pcap"

  private static func structure(_ page: String) throws -> String {
    try Command.run(["python3", "Tests/html/structure.py", page]).output
  }

  @Test func `analyze --html writes a whole page beside the same lines`() throws {
    let folder = try TemporaryFolder()
    let page = folder("report.html")
    let plain = try Command.icwscan("analyze", Self.capture)
    let both = try Command.icwscan("analyze", Self.capture, "--html", page)
    #expect(both.status == 0 && both.errors.isEmpty)
    #expect(both.output == plain.output)
    #expect(try Self.structure(page).isEmpty)
    let text = try #require(Place.text(folder("report.html")))
    #expect(text.contains("is not KPN-ICW: it is HTTP") && text.contains(Self.capture))
  }

  @Test func `owner --html and merge --html do so, too`() throws {
    let folder = try TemporaryFolder()
    let owner = folder("owner.html")
    _ = try Command.icwscan("owner", "--html", owner)
    #expect(try Self.structure(owner).isEmpty)
    let records = try Command.icwscan("analyze", "--mergeable", Self.capture)
    let lines = folder.file("records.ndjson", Array(records.output.utf8))
    let merged = folder("merged.html")
    let outcome = try Command.icwscan("merge", lines, "--html", merged)
    #expect(outcome.status == 0)
    #expect(try Self.structure(merged).isEmpty)
  }

  @Test func `a capture that can't be read has a page that says so`() throws {
    let folder = try TemporaryFolder()
    let page = folder("report.html")
    let input = folder.file("broken.pcap", Array("no capture".utf8))
    #expect(try Command.icwscan("analyze", input, "--html", page).status == 2)
    #expect(try #require(Place.text(folder("report.html"))).contains("not a capture file"))
    #expect(try Self.structure(page).isEmpty)
  }

  @Test func `no input is written over, and what can't be written is told in one line`() throws {
    let folder = try TemporaryFolder()
    let input = folder.file("in.pcap", MadeCapture().bytes)
    let cases: [([String], String)] = [
      (["analyze", input, "--html", input], "is also an input"),
      (["analyze", input, "--html", "-"], "name one"),
      (["analyze", input, "--html", folder("no/such/x.html")], "no such file"),
      (["analyze", input, "--html", folder("")], "directory"),
      (["analyze", input, "-w", folder("x"), "--html", folder("x")], "the same file"),
      (["owner", "--watch", "--html", folder("x")], "--watch"),
    ]
    for (words, part) in cases {
      let outcome = try Command.run([Place.binary] + words)
      #expect(outcome.status == 2, "\(words)")
      #expect(outcome.errorLines.count == 1 && outcome.errors.contains(part), "\(outcome.errors)")
    }
    #expect(Place.read(folder("in.pcap")) == MadeCapture().bytes)
  }

  @Test(
    .enabled(
      if: unsafe getenv("ICWSCAN_TEST_ALL") != nil && Place.has("chromium"),
      "slow: set ICWSCAN_TEST_ALL=1; needs chromium"))
  func `a browser sorts, filters and opens ten thousand flows, and asks for nothing`() throws {
    let folder = try TemporaryFolder()
    let many = folder.file("many.pcap", Self.manyFlows().bytes)
    for (name, input) in [("few", "captures"), ("many", many)] {
      let page = folder("\(name).html")
      #expect(try Command.run([Place.binary, "analyze", input, "--html", page]).status == 0)
      #expect(try Self.structure(page).isEmpty)
      let outcome = try Command.run(["python3", "Tests/html/browser.py", page], seconds: 120)
      print("\(name): \(outcome.output)")
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
  }

  /// More flows than a page lists, of several applications, over some hours.
  private static func manyFlows() -> MadeCapture {
    var capture = MadeCapture()
    let greetings = [
      "SSH-2.0-OpenSSH_9.2\r\n", "220 mail.example.com ESMTP Postfix\r\n", "\u{1}\u{2}\u{3}\u{7f}",
      "220 ProFTPD Server (<b>files</b>)\r\n", "+OK POP3 ready\r\n",
    ]
    for number in 0..<10_500 {
      let host = UInt16(number % 251 + 1)
      capture.wait(milliseconds: UInt64(number % 37 * 60))
      capture.greeting(
        MadeCapture.End(host: host, port: UInt16(1_024 + number % 50_000)),
        MadeCapture.End(host: UInt16(0x0100 + number % 5), port: 3699), greetings[number % 5])
    }
    return capture
  }
}
