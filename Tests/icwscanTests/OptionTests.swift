import Glibc
import Testing

/// Each option of `analyze`, by what it changes.
@Suite struct OptionTests {
  private let http = "captures/http/python.pcap"

  private func flows(_ outcome: Program.Outcome) throws -> [JSONText] {
    try JSONText.records(outcome.output).filter { $0.kind == "flow" }
  }

  @Test func `-r reads a file, its other words are a filter`() throws {
    let all = try Command.icwscan("-r", http, "--json")
    #expect(all.status == 0)
    #expect(try flows(all) == flows(Command.icwscan("analyze", http, "--json")))
    let none = try Command.icwscan("-r", http, "--json", "host", "203.0.113.77")
    #expect(none.status == 1)
    #expect(try flows(none).isEmpty)
  }

  @Test func `Among several inputs each file that has findings stands above them, once`() throws {
    let none = "captures/dns/dnsmasq.pcap"
    let both = try Command.icwscan("analyze", "-f", "tcp", "captures/http", none).output
    let lines = both.split(separator: "\n").map(String.init)
    #expect(lines.count { $0.hasPrefix("captures/http/") && $0.hasSuffix(":") } == 3)
    #expect(lines.first == "captures/http/etcd.pcap:")
    #expect(both.contains("; 3 other files in folders and archives passed over"))
    #expect(try !Command.icwscan("analyze", http).output.contains(http))
    #expect(try !Command.icwscan("analyze", "--json", http, none).output.contains("pcap:"))
  }

  @Test func `what a folder holds beside captures is no fault, a link to nothing neither`() throws {
    let folder = try TemporaryFolder()
    let words = folder.file("words.txt", Array("no capture".utf8))
    let made = unsafe symlink(folder("gone.pcap"), folder("link.pcap"))
    #expect(made == 0)
    let none = try Command.icwscan("analyze", folder(""))
    #expect(none.status == 2 && none.errorLines.count == 1)
    #expect(none.errors.contains("no capture found in "))
    _ = folder.file("one.pcap", MadeCapture().bytes)
    for words in [["analyze"], ["analyze", "--join"]] {
      let one = try Command.run([Place.binary] + words + [folder("")])
      #expect(one.status == 1 && one.errors.isEmpty, "\(one.errors)")
      #expect(
        one.output.contains("1 capture file read, without a packet; 2 other files in folders"))
    }
    // Named by itself it is one.
    #expect(try Command.icwscan("analyze", folder("link.pcap")).status == 2)
    #expect(try Command.icwscan("analyze", words).status == 2)
  }

  @Test func `what calls itself a capture and is none is told, in a folder and in an archive`()
    throws
  {
    let folder = try TemporaryFolder()
    _ = folder.file("a.pcap", MadeCapture().bytes)
    let text = folder.file("b.pcapng", Array("not a capture at all".utf8))
    let empty = folder.file("c.cap", [])
    _ = folder.file("notes.pcap.txt", Array("a note".utf8))
    for words in [["analyze"], ["analyze", "--join"]] {
      let outcome = try Command.run([Place.binary] + words + [folder("")])
      #expect(outcome.status == 4 && outcome.errorLines.count == 2, "\(outcome.errors)")
      #expect(outcome.errors.contains("\(text): not a capture file: it begins with text"))
      #expect(outcome.errors.contains("\(empty): "))
      #expect(outcome.output.contains("2 inputs damaged or unreadable (see the messages)"))
      #expect(outcome.output.contains("1 other file in folders"))
    }
    let other = try TemporaryFolder()
    let tar = other("all.tar")
    #expect(
      try Command.run(["tar", "cf", tar, "-C", folder.path, "a.pcap", "b.pcapng", "notes.pcap.txt"])
        .status == 0)
    let packed = try Command.icwscan("analyze", tar)
    #expect(packed.status == 4 && packed.errorLines.count == 1, "\(packed.errors)")
    #expect(packed.errors.contains("\(tar)(b.pcapng): not a capture file"))
  }

  @Test func `-f narrows to what the filter matches`() throws {
    let half = try flows(Command.icwscan("analyze", "-f", "src host 192.0.2.1", http, "--json"))
    #expect(!half.isEmpty)
    #expect(half.allSatisfy { $0["destination.packets"]?.integer == 0 })
    #expect(half.allSatisfy { ($0["source.packets"]?.integer ?? 0) > 0 })
  }

  @Test(arguments: ["-c5", "-nc5", "-nqc5"])
  func `-c stops after that many packets, joined and bundled too`(_ word: String) throws {
    let records = try JSONText.records(Command.icwscan("analyze", "--json", word, http).output)
    let counted = records.filter { $0.kind == "flow" }.reduce(0) {
      $0 + ($1["network.packets"]?.integer ?? 0)
    }
    #expect(counted == 5)
    #expect(records.last?["icwscan.summary.counters.on_port"]?.integer == 5)
  }

  @Test func `A count below one is refused`() throws {
    let outcome = try Command.icwscan("analyze", "-c", "0", http)
    #expect(outcome.status == 2 && outcome.errorLines.count == 1 && outcome.output.isEmpty)
  }

  @Test func `Each of tcpdump's letters asks for packet lines and changes them`() throws {
    let plain = try Command.icwscan("analyze", "--packets", http).output
    for word in [
      "-e", "-x", "-xx", "-X", "-XX", "-A", "-t", "-tt", "-ttt", "-tttt", "-ttttt", "-v", "-q",
    ] {
      let changed = try Command.icwscan("analyze", word, http)
      #expect(changed.status == 0)
      #expect(changed.output != plain, "\(word) changes nothing")
      #expect(changed.output.contains("192.0.2.1."), "\(word) prints no packets")
    }
    #expect(try Command.icwscan("analyze", "-n", http).output.contains("192.0.2.1.") == false)
  }

  @Test func `--packets --json writes a packet record for each packet of the port`() throws {
    let records = try JSONText.records(
      Command.icwscan("analyze", "--json", "--packets", http).output)
    let flows = records.filter { $0.kind == "flow" }
    let packets = records.filter { $0.kind == "packet" }
    #expect(packets.count == flows.reduce(0) { $0 + ($1["network.packets"]?.integer ?? 0) })
  }

  @Test func `--explain adds evidence below the verdict`() throws {
    let plain = try Command.icwscan("analyze", http).lines
    let explained = try Command.icwscan("analyze", "--explain", http).lines
    #expect(explained.count > plain.count)
    #expect(explained.contains { $0.hasPrefix("  ") })
  }

  @Test func `--port looks at another port and claims nothing of the registry`() throws {
    let moved = try Command.icwscan("analyze", "--port", "8080", "captures/port-coincidence")
    #expect(moved.status == 0)
    #expect(moved.output.contains("8080/tcp"))
    #expect(!moved.output.contains("3699/tcp"))
    let flow = try flows(
      Command.icwscan("analyze", "--json", "--port", "8080", "captures/port-coincidence"))
    #expect(flow.first?["icwscan.port_role"]?.string == "server")
    #expect(flow.first?["icwscan.verdict.application"]?.string == "http")
    #expect(try Command.icwscan("analyze", "--port", "0", http).status == 2)
    #expect(try Command.icwscan("analyze", "--port", "70000", http).status == 2)
  }

  @Test func `--fail-on exits with 5 when its class occurs and only then`() throws {
    #expect(try Command.icwscan("analyze", "--fail-on", "other-application", http).status == 5)
    #expect(try Command.icwscan("analyze", "--fail-on", "scan,backscatter", http).status == 0)
    #expect(try Command.icwscan("analyze", "--fail-on", "scan,other-application", http).status == 5)
    let wrong = try Command.icwscan("analyze", "--fail-on", "scam", http)
    #expect(wrong.status == 2 && wrong.errorLines.count == 1)
  }

  @Test
  func `--icw-server turns an ICW exchange of its time with that server into the genuine one`()
    throws
  {
    let capture = "captures/icw-reconstructed-sip-pint/reject.pcap"
    let without = try flows(Command.icwscan("analyze", "--json", capture))
    #expect(without.compactMap { $0["icwscan.verdict.class"]?.string } == ["icw-family"])
    let with = try flows(
      Command.icwscan("analyze", "--json", "--icw-server", "198.51.100.0/24", capture))
    #expect(with.compactMap { $0["icwscan.verdict.class"]?.string } == ["genuine-kpn-icw"])
    let other = try flows(
      Command.icwscan("analyze", "--json", "--icw-server", "203.0.113.0/24", capture))
    #expect(other.compactMap { $0["icwscan.verdict.class"]?.string } == ["icw-family"])
    #expect(try Command.icwscan("analyze", "--icw-server", "198.51.100.0/33", capture).status == 2)
  }

  @Test func `--kpn-prefix counts addresses of the file, and names a line that is none`() throws {
    let folder = try TemporaryFolder()
    let capture = "captures/icw-reconstructed-nec/ssl-then-udp-ppp.pcap"
    let blocks = folder.file(
      "blocks", Array("# blocks of 2003\n198.51.100.0/24\n\n192.0.2.0/24\n".utf8))
    let without = try flows(Command.icwscan("analyze", "--json", capture))
    let with = try flows(Command.icwscan("analyze", "--json", "--kpn-prefix", blocks, capture))
    #expect(without != with)
    let bad = folder.file("bad", Array("192.0.2.0/24\nnowhere\n".utf8))
    let outcome = try Command.icwscan("analyze", "--kpn-prefix", bad, capture)
    #expect(
      outcome.status == 2 && outcome.errors.contains("line 2") && outcome.errorLines.count == 1)
  }

  @Test func `--color always colours, never and NO_COLOR do not, a pipe is not coloured`() throws {
    #expect(try Command.icwscan("analyze", "--color", "always", http).output.contains("\u{1b}["))
    #expect(try !Command.icwscan("analyze", "--color", "never", http).output.contains("\u{1b}["))
    #expect(try !Command.icwscan("analyze", http).output.contains("\u{1b}["))
    #expect(try Command.icwscan("analyze", "--color", "red", http).status == 2)
  }

  @Test(.enabled(if: Place.has("script"), "script (util-linux) is not installed"))
  func `On a terminal there is colour, unless NO_COLOR or a dumb terminal says otherwise`() throws {
    func onTerminal(_ variables: [String: String]) throws -> String {
      try Command.run(
        ["script", "-qec", "\(Place.binary) analyze \(http)", "/dev/null"],
        environment: ["TERM": "xterm"].merging(variables) { $1 }
      ).output
    }
    #expect(try onTerminal([:]).contains("\u{1b}["))
    #expect(try !onTerminal(["NO_COLOR": "1"]).contains("\u{1b}["))
    #expect(try !onTerminal(["TERM": "dumb"]).contains("\u{1b}["))
  }

  @Test func `-l and -U change nothing but when output is written`() throws {
    let folder = try TemporaryFolder()
    let plain = try Command.icwscan("analyze", http).output
    #expect(try Command.icwscan("analyze", "-l", http).output == plain)
    #expect(try Command.icwscan("analyze", "-w", folder("a.pcap"), http).status == 0)
    #expect(try Command.icwscan("analyze", "-U", "-w", folder("b.pcap"), http).status == 0)
    #expect(Place.read(folder("a.pcap")) == Place.read(folder("b.pcap")))
    #expect(try Command.icwscan("analyze", "-U", http).status == 2)
  }

  @Test func `-d prints the kernel's program in three forms`() throws {
    let assembler = try Command.icwscan("analyze", "-d")
    let code = try Command.icwscan("analyze", "-dd")
    let numbers = try Command.icwscan("analyze", "-ddd")
    #expect(assembler.status == 0 && code.status == 0 && numbers.status == 0)
    #expect(assembler.lines.contains { $0.hasPrefix("(000)") })
    #expect(code.lines.allSatisfy { $0.hasPrefix("{ 0x") })
    let count = Int(numbers.lines.first ?? "")
    #expect(count == numbers.lines.count - 1 && count == code.lines.count)
    #expect(
      try Command.icwscan("analyze", "-d", "-f", "host 192.0.2.1").output.contains("on each packet")
    )
    #expect(try Command.icwscan("analyze", "-dddd").status == 2)
  }

  @Test func `Unknown words are refused in one line`() throws {
    for words in [
      ["--nonsense"], ["analyze", "-K", "x"], ["analyze", "--json=3", "x"], ["owner", "extra"],
    ] {
      let outcome = try Command.run([Place.binary] + words)
      #expect(outcome.status == 2, "\(words)")
      #expect(outcome.errorLines.count == 1, "\(words): \(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }
}
