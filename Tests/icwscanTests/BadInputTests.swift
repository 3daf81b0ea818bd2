import Glibc
import Testing

/// Bad input gets one clear line that says what, where and what to do; what was read before it is kept.
@Suite struct BadInputTests {
  private let http = "captures/http/python.pcap"

  private func expectOneLine(_ outcome: Program.Outcome, status: Int32, naming words: [String]) {
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
  }

  @Test func `A missing file is named and ends with 2`() throws {
    let outcome = try Command.icwscan("analyze", "/nowhere/x.pcap")
    expectOneLine(outcome, status: 2, naming: ["/nowhere/x.pcap", "no such file"])
    #expect(outcome.output.isEmpty)
  }

  @Test(arguments: [["--port", "-1"], ["--port=-1"], ["--port", "abc"], ["--port", "70000"]])
  func `A port that is none is told what a port is`(_ words: [String]) throws {
    expectOneLine(
      try Command.run([Place.binary, "owner"] + words), status: 2,
      naming: ["--port", "a port is a number from 1 to 65535"])
  }

  @Test(.enabled(if: Stage.isPermitted, Comment(rawValue: Stage.needs)))
  func `A library that is missing is named where it is needed, and missed nowhere else`() throws {
    let folder = try TemporaryFolder()
    let packed = folder.path + "/a.pcap.bz2"
    func without(_ library: String, _ words: String) throws -> Program.Outcome {
      try Command.run([
        "unshare", "-m", "sh", "-c",
        "mount --bind /dev/null \"$(ldconfig -p | awk -v name=\(library) '$1 == name { print $NF; exit }')\" && "
          + "exec \"$0\" \(words)", Place.binary,
      ])
    }
    let gzip = folder.path + "/a.pcap.gz"
    #expect(
      try Command.shell("bzip2 -c \(http) > \(packed) && gzip -c \(http) > \(gzip)").status == 0)
    let pcap = "libpcap.so.0.8"
    // Raw IP has one number in files and another in libpcap.
    let raw = "captures/icw-reconstructed-spirits/invite-forward-raw.pcap"
    expectOneLine(
      try without(pcap, "analyze \(raw)"), status: 2,
      naming: [raw, "a library is missing: libpcap"])
    #expect(try without(pcap, "analyze \(http)").status == 0)
    expectOneLine(
      try without(pcap, "analyze -f 'host ::1' \(http)"), status: 2,
      naming: ["a library is missing: libpcap"])
    expectOneLine(
      try without("libarchive.so.13", "analyze \(packed)"), status: 2,
      naming: [packed, "a library is missing: libarchive"])
    #expect(try without("libarchive.so.13", "analyze \(http)").status == 0)
    expectOneLine(
      try without("libz.so.1", "analyze \(gzip)"), status: 2,
      naming: [gzip, "a library is missing: zlib"])
    expectOneLine(
      try without("libexpat.so.1", "analyze \(http)"), status: 2,
      naming: ["a library is missing: expat"])
    let open = try without("libseccomp.so.2", "analyze \(http)")
    #expect(open.status == 0)
    #expect(open.errors == "icwscan: confinement (systemCalls): a library is missing: libseccomp\n")
    #expect(try without(pcap, "owner --port 3698").errors.isEmpty)
  }

  @Test func `a report of what could not be read says so, and a filter goes behind -f`() throws {
    let report = try Command.icwscan("analyze", "--report", "md", "/nowhere.pcap")
    #expect(report.status == 2)
    #expect(report.output.hasPrefix("**No input could be read: nothing is known of port 3699**"))
    #expect(report.output.contains("/nowhere.pcap") && !report.output.contains("nothing seen"))
    expectOneLine(
      try Command.icwscan("analyze", "198.51.100.2"), status: 2, naming: ["--host, behind a file"])
    for (word, meant) in [("198.51.100.2", "host 198.51.100.2"), ("version", "icwscan --version")] {
      expectOneLine(try Command.icwscan(word), status: 2, naming: [meant])
    }
    expectOneLine(
      try Command.icwscan("analyze", http, "tcp", "port", "22"), status: 2,
      naming: ["'tcp' is no file", "-f"])
  }

  @Test func `No file at all is wrong usage`() throws {
    expectOneLine(try Command.icwscan("analyze"), status: 2, naming: ["name a capture file"])
  }

  @Test func `An empty file and a text are no captures`() throws {
    let folder = try TemporaryFolder()
    let empty = folder.file("empty.pcap", [])
    expectOneLine(try Command.icwscan("analyze", empty), status: 2, naming: ["empty.pcap"])
    let text = folder.file("text.pcap", Array("This is a text and no capture at all.\n".utf8))
    expectOneLine(
      try Command.icwscan("analyze", text), status: 2, naming: ["text.pcap", "not a capture"])
  }

  @Test func `--hash without the processes to tell it of is refused`() throws {
    expectOneLine(
      try Command.icwscan("owner", "--brief", "--hash"), status: 2, naming: ["--hash", "--brief"])
  }

  @Test func `-w never overwrites what is to be read`() throws {
    let folder = try TemporaryFolder()
    let whole = try #require(Place.read("\(Place.root)/\(http)"))
    let capture = folder.file("a.pcap", whole)
    for arguments in [
      ["-w", capture, capture], ["-w", folder.path + "/./a.pcap", folder.path],
      ["-w", capture, "captures/http", capture],
    ] {
      expectOneLine(
        try Command.icwscan(
          "analyze", arguments[0], arguments[1], arguments[2], arguments.last ?? ""),
        status: 2, naming: ["a.pcap", "also an input"])
      #expect(Place.read(capture) == whole)
    }
    let new = folder.path + "/new.pcap"
    #expect(try Command.icwscan("analyze", "-w", new, folder.path).status == 0)
    #expect(try Command.icwscan("analyze", new).status == 0)
    #expect(Place.read(capture) == whole)
  }

  @Test func `A folder without captures has nothing to read`() throws {
    let folder = try TemporaryFolder()
    expectOneLine(
      try Command.icwscan("analyze", folder.path), status: 2, naming: [folder.path])
  }

  @Test func `Every truncation of a capture keeps the packets in front of the cut`() throws {
    let folder = try TemporaryFolder()
    let whole = try #require(Place.read("\(Place.root)/\(http)"))
    for length in [1, 12, 23, 24, 30, 40, 41, 97, 500, whole.count - 1] where length < whole.count {
      let cut = folder.file("cut.pcap", whole[..<length])
      let outcome = try Command.icwscan("analyze", "--json", cut)
      switch length {
      case 24:
        #expect(outcome.status == 1 && outcome.errors.isEmpty, "\(length): \(outcome.errors)")
      case ..<24:
        expectOneLine(outcome, status: 2, naming: ["cut.pcap"])
      default:
        expectOneLine(outcome, status: 4, naming: ["cut.pcap", "byte"])
        let error = try JSONText.records(outcome.output).first { $0.kind == "error" }
        #expect(error != nil)
      }
    }
    let outcome = try Command.icwscan(
      "analyze", "--json", folder.file("cut.pcap", whole.dropLast()))
    let records = try JSONText.records(outcome.output)
    #expect(
      records.contains { $0.kind == "flow" && $0["icwscan.verdict.application"]?.string == "http" })
  }

  @Test func `Behind a damaged record length the file is read on, with 4 at its end`() throws {
    let folder = try TemporaryFolder()
    var bytes = try #require(Place.read("\(Place.root)/\(http)"))
    // The second record's header lies behind the first record.
    let first = Int(bytes[32]) | Int(bytes[33]) << 8
    bytes.replaceSubrange(48 + first..<52 + first, with: [0xff, 0xff, 0xff, 0x7f])
    let path = folder.file("bent.pcap", bytes)
    expectOneLine(
      try Command.icwscan("analyze", path), status: 4,
      naming: [
        "bent.pcap", "damaged",
        "(at byte \(40 + first) of \(bytes.count)); 90 bytes left out there, all else",
      ])
    let received = "icwscan.summary.counters.received"
    let whole = try JSONText.records(
      Command.icwscan("analyze", "--json", "\(Place.root)/\(http)").output)
    let records = try JSONText.records(Command.icwscan("analyze", "--json", path).output)
    let all = try #require(whole.last?[received]?.integer)
    #expect(records.last?[received]?.integer == all - 1)
    let error = try #require(records.first { $0.kind == "error" })
    #expect(error["icwscan.error.left_out.bytes"]?.integer == 90)
    #expect(error["icwscan.error.left_out.places"]?.integer == 1)
  }

  @Test func `One bad file among good ones is told and the others are read`() throws {
    let outcome = try Command.icwscan(
      "analyze", http, "/nowhere/x.pcap", "captures/ssh/openssh.pcap")
    expectOneLine(outcome, status: 4, naming: ["/nowhere/x.pcap"])
    #expect(outcome.output.contains("http") && outcome.output.contains("ssh"))
  }

  @Test(
    .enabled(
      if: getuid() == 0 && Place.has("setpriv"),
      "needs root to become another user, and setpriv (util-linux)"))
  func `A file that may not be read is named with what to do`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("secret.pcap", try #require(Place.read("\(Place.root)/\(http)")))
    unsafe _ = chmod(path, 0o600)
    let program = folder("icwscan")
    _ = try Command.run(["cp", Place.binary, program])
    let outcome = try Command.run(
      ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", program, "analyze", path],
      directory: "/")
    expectOneLine(outcome, status: 2, naming: ["secret.pcap", "not permitted", "sudo"])
  }

  @Test func `A closed pipe ends quietly`() throws {
    let outcome = try Command.shell(
      "$ICWSCAN analyze -XX captures | head -1; echo status ${PIPESTATUS[0]}")
    #expect(
      outcome.lines.last == "status 0" && outcome.errors.isEmpty,
      "\(outcome.output.suffix(80)) \(outcome.errors)")
  }

  @Test func `A full disk is an error, not a success`() throws {
    let outcome = try Command.shell("$ICWSCAN analyze \(http) > /dev/full")
    #expect(
      outcome.status == 4 && outcome.errorLines.count == 1, "\(outcome.status) \(outcome.errors)")
  }

  @Test func `A hostile file name reaches no terminal raw`() throws {
    let folder = try TemporaryFolder()
    let name = "a\u{1b}[31mb\nc\u{202e}d.pcap"
    let missing = try Command.icwscan("analyze", folder(name))
    #expect(missing.status == 2 && missing.errorLines.count == 1)
    for text in ["\u{1b}", "\u{202e}"] { #expect(!missing.errors.contains(text)) }
    let path = folder.file(name, try #require(Place.read("\(Place.root)/\(http)")))
    for words in [
      ["analyze", path], ["analyze", "--json", path], ["analyze", "--explain", path],
    ] {
      let outcome = try Command.run([Place.binary] + words)
      #expect(outcome.status == 0)
      #expect(!outcome.output.contains("\u{1b}") && !outcome.output.contains("\u{202e}"))
    }
  }

  @Test func `A hostile word of the command line reaches no terminal raw`() throws {
    let bad = "\u{1b}[31m\u{202e}"
    for words in [
      ["analyze", "--\(bad)"], ["analyze", "-\(bad)", "x.pcap"], ["about", bad],
      ["analyze", "--verdict", bad, "x"], ["live", "--port", bad], ["analyze", "-f", bad, http],
      ["merge", bad], ["rules", "check", bad], ["live", "-i", bad],
      ["analyze", "--flow", bad, "x"],
    ] {
      let outcome = try Command.run([Place.binary] + words)
      #expect(
        outcome.status == 2 && outcome.errorLines.count == 1, "\(outcome.errors.debugDescription)")
      for text in ["\u{1b}", "\u{202e}"] {
        #expect(!outcome.errors.contains(text), "\(outcome.errors.debugDescription)")
      }
    }
  }

  @Test func `Standard input is read as a file, also through a pipe`() throws {
    let file = try Command.icwscan("analyze", "--json", http)
    let redirected = try Command.icwscan("analyze", "--json", "-", input: http)
    let piped = try Command.shell("cat \(http) | $ICWSCAN analyze --json -r -")
    #expect(redirected.status == 0 && piped.status == 0)
    #expect(redirected.output == piped.output)
    #expect(redirected.lines.count == file.lines.count)
  }

  @Test func `The first status that applies wins`() throws {
    // 5 before 4: a matched class and an unreadable file.
    #expect(
      try Command.icwscan("analyze", "--fail-on", "other-application", http, "/nowhere/x").status
        == 5)
    // 2 before 5: no input could be read.
    #expect(try Command.icwscan("analyze", "--fail-on", "scan", "/nowhere/x").status == 2)
    // 4 before 1.
    let empty = "captures/http"
    #expect(try Command.icwscan("analyze", "--port", "9", empty, "/nowhere/x").status == 4)
    #expect(try Command.icwscan("analyze", "--port", "9", empty).status == 1)
  }

  @Test func `A faulty default rules file is told with its line, and the run goes on without it`()
    throws
  {
    let folder = try TemporaryFolder()
    _ = try Command.run(["mkdir", "-p", folder("icwscan")])
    _ = folder.file("icwscan/rules", Array("application a\n  nonsense\n".utf8))
    let outcome = try Command.icwscan(
      "analyze", http, environment: ["XDG_CONFIG_HOME": folder("")])
    expectOneLine(outcome, status: 0, naming: ["icwscan/rules line 1"])
    #expect(outcome.output.contains("HTTP") && !outcome.errors.contains("--rules"))
  }

  @Test func `A closed standard error is no place to capture into`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.shell(
      "$ICWSCAN analyze -w \(folder("out.pcap")) \(http) /nowhere/x.pcap 2>&-")
    #expect(outcome.status == 4)
    let written = try Command.icwscan("analyze", "--json", folder("out.pcap"))
    #expect(written.status == 0 && written.errors.isEmpty)
    let whole = try Command.icwscan("analyze", "--json", http)
    let packets = { (output: String) in
      try JSONText.records(output).last?["icwscan.summary.counters.on_port"]
    }
    #expect(try packets(written.output) == packets(whole.output))
  }

  @Test(.enabled(if: Place.has("python3"), "python3 is not installed"))
  func `A closed standard output ends a watch that has something to say`() throws {
    let listener = """
      import os, socket, subprocess, sys
      held = socket.create_server(("127.0.0.1", 0))
      port = str(held.getsockname()[1])
      words = ["sh", "-c", 'exec timeout 20 "$0" owner --watch --port "$1" >&-', os.environ["ICWSCAN"], port]
      sys.exit(subprocess.run(words).returncode)
      """
    let outcome = try Command.run(
      ["python3", "-c", listener], environment: ["ICWSCAN": Place.binary])
    #expect(outcome.status == 4 && outcome.errors.contains("standard output"), "\(outcome.errors)")
  }

  @Test func `A default rules file that can't be read is told in a line, and the run goes on`()
    throws
  {
    let folder = try TemporaryFolder()
    // A folder in its place can be read by nobody, root included.
    _ = try Command.run(["mkdir", "-p", folder("icwscan/rules")])
    let outcome = try Command.icwscan(
      "analyze", "captures/http/nginx.pcap", environment: ["XDG_CONFIG_HOME": folder("")])
    #expect(outcome.status == 0 && outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("icwscan/rules") && outcome.output.contains("HTTP"))
    let none = try Command.icwscan(
      "analyze", "captures/http/nginx.pcap", environment: ["XDG_CONFIG_HOME": "/nowhere"])
    #expect(none.status == 0 && none.errors.isEmpty)
  }

  @Test
  func
    `The summary counts inputs that were damaged, read together, alone, joined or with a report`()
    throws
  {
    let folder = try TemporaryFolder()
    let whole = try #require(Place.read("captures/http/nginx.pcap"))
    let inputs = ["a", "b"].map { folder.file($0 + ".pcap", whole.prefix(whole.count - 9)) }
    let good = folder.file("good.pcap", whole)
    for words in [[], ["--join"], ["--group-by", "server"], ["--html", folder("page.html")]] {
      let outcome = try Command.run([Place.binary, "analyze"] + words + inputs + [good])
      #expect(outcome.status == 4 && outcome.errorLines.count == 2, "\(outcome.errors)")
      #expect(
        outcome.output.contains("3 capture files read; 2 inputs damaged or unreadable"),
        "\(words): \(outcome.output.suffix(400))")
      let sound = try Command.run([Place.binary, "analyze"] + words + [good])
      #expect(sound.status == 0 && !sound.output.contains("damaged"))
    }
    let alone = try Command.icwscan("analyze", inputs[0])
    #expect(alone.output.contains("1 capture file read; 1 input damaged or unreadable"))
    let records = folder("shards.ndjson")
    let made = try Command.shell(
      "$ICWSCAN analyze --mergeable \(inputs[0]) \(good) > \(records) 2>/dev/null")
    #expect(made.status == 4)
    #expect(
      try Command.icwscan("merge", records).output.contains("; 1 input damaged or unreadable"))
  }

  @Test func `A capture whose name is not UTF-8 is read, typed and in a folder, and shown escaped`()
    throws
  {
    let folder = try TemporaryFolder()
    let made = try Command.shell(
      "cp captures/http/nginx.pcap '\(folder(""))'/$'b\\xffd.pcap' && cp captures/http/nginx.pcap '\(folder("ok.pcap"))'"
    )
    #expect(made.status == 0, "\(made.errors)")
    let whole = try Command.icwscan("analyze", folder(""))
    #expect(whole.status == 0 && whole.errors.isEmpty, "\(whole.errors)")
    #expect(whole.output.contains("b\\xffd.pcap") && whole.output.contains("2 capture files"))
    let typed = try Command.shell("$ICWSCAN analyze '\(folder(""))'/$'b\\xffd.pcap'")
    #expect(typed.status == 0 && typed.output.contains("HTTP"), "\(typed.errors)")
    let records = try Command.icwscan("analyze", "--json", folder(""))
    #expect(try JSONText.records(records.output).count { $0.kind == "flow" } == 2)
    let absent = try Command.shell("$ICWSCAN analyze '\(folder(""))'/$'no\\xfe.pcap'")
    #expect(absent.status == 2 && absent.errors.contains("no\\xfe.pcap: no such file"))
  }
}
