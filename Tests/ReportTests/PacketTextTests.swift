import Packets
import Report
import Testing

@Suite struct PacketTextTests {
  private static let tcpdump: String? = {
    guard let path = Command.path("tcpdump"), Command.run(path, ["--version"]).status == 0 else {
      print("SKIPPED: tcpdump is not installed; packet lines are not compared with its own")
      return nil
    }
    return path
  }()

  private static let six = (
    Endpoint(IPAddress("2001:db8::1")!, 40000), Endpoint(IPAddress("2001:db8::2")!, 3699)
  )

  /// A small conversation over one link type.
  private static func conversation(_ link: LinkType, vlan: UInt16? = nil) -> [PacketRecord] {
    var samples: [PacketSamples] = []
    func add(_ change: (inout PacketSamples) -> Void) {
      var sample = PacketSamples()
      change(&sample)
      sample.link = link
      sample.vlan = vlan
      samples.append(sample)
    }
    func answer(_ sample: inout PacketSamples) {
      (sample.source, sample.destination) = (sample.destination, sample.source)
    }
    add { $0.options = PacketSamples.syn.options }
    add {
      answer(&$0)
      $0.flags = [.syn, .ack]
      $0.sequence = 5_000
      $0.acknowledgement = 1_001
      $0.options = [2, 4, 5, 0xb4, 1, 1, 4, 2]
    }
    add {
      $0.flags = [.ack]
      $0.sequence = 1_001
      $0.acknowledgement = 5_001
    }
    add {
      $0.flags = [.psh, .ack]
      $0.sequence = 1_001
      $0.acknowledgement = 5_001
      $0.payload = Array("GET / HTTP/1.0\r\n\r\n\u{1}\u{ff} tail\t.".utf8)
      $0.trafficClass = 0x12
    }
    add {
      answer(&$0)
      $0.flags = [.ack, .ece, .cwr, .urg]
      $0.sequence = 5_001
      $0.acknowledgement = 1_030
      $0.isChecksumRight = false
      $0.options = [1, 1, 5, 10, 0, 0, 4, 1, 0, 0, 4, 9]
    }
    add {
      $0.flags = [.rst]
      $0.sequence = 1_030
    }
    add { $0.flags = [] }
    add {
      $0.flags = nil
      $0.payload = [0xde, 0xad, 0xbe, 0xef, 1]
    }
    add {
      $0.flags = nil
      $0.isChecksumRight = false
      $0.payload = [0xde, 0xad]
    }
    add { ($0.source, $0.destination) = six }
    add {
      ($0.source, $0.destination) = six
      $0.flags = nil
      $0.payload = [1, 2, 3]
      $0.trafficClass = 0x20
    }
    return samples.enumerated().map { index, sample in
      PacketSamples.record(sample, number: index + 1, after: Int64(index) * 1_500_000_000)
    }
  }

  private func compare(_ records: [PacketRecord], _ flags: [String], _ options: PacketText.Options)
    throws
  {
    guard let tcpdump = Self.tcpdump else { return }
    let file = try #require(Command.file(PacketSamples.pcap(records)))
    defer { Command.remove(file) }
    var printer = PacketText(options)
    let ours = records.flatMap { printer.lines($0) }
    let (output, status) = Command.run(tcpdump, ["-n", "-r", file] + flags)
    try #require(status == 0)
    var theirs = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if theirs.last == "" { theirs.removeLast() }
    for (one, other) in zip(ours, theirs) { #expect(one == other, "\(flags)") }
    #expect(ours.count == theirs.count, "\(flags)")
  }

  private static let switches: [([String], PacketText.Options)] = {
    func options(_ change: (inout PacketText.Options) -> Void) -> PacketText.Options {
      var options = PacketText.Options()
      change(&options)
      return options
    }
    return [
      ([], options { _ in }), (["-t"], options { $0.times = 1 }),
      (["-tt"], options { $0.times = 2 }),
      (["-ttt"], options { $0.times = 3 }), (["-tttt"], options { $0.times = 4 }),
      (["-ttttt"], options { $0.times = 5 }), (["-e"], options { $0.link = true }),
      (["-q"], options { $0.quiet = true }), (["-v"], options { $0.verbosity = 1 }),
      (["-vv"], options { $0.verbosity = 2 }), (["-x"], options { $0.hexadecimal = 1 }),
      (["-xx"], options { $0.hexadecimal = 2 }), (["-X"], options { $0.hexadecimalAndText = 1 }),
      (["-XX"], options { $0.hexadecimalAndText = 2 }), (["-A"], options { $0.text = true }),
      (["-S"], options { $0.absoluteNumbers = true }), (["-#"], options { $0.numbers = true }),
      (
        ["-e", "-v", "-tt"],
        options {
          $0.link = true
          $0.verbosity = 1
          $0.times = 2
        }
      ),
    ]
  }()

  @Test(arguments: 0..<switches.count) func `lines are tcpdump's own`(_ index: Int) throws {
    let (flags, options) = Self.switches[index]
    try compare(Self.conversation(.ethernet), flags, options)
  }

  @Test(arguments: [LinkType.linuxCooked, .linuxCooked2, .null, .raw], [0, 6, 8, 10])
  func `lines of other links are tcpdump's own`(_ link: LinkType, _ index: Int) throws {
    let (flags, options) = Self.switches[index]
    try compare(Self.conversation(link), flags, options)
  }

  @Test(arguments: [0, 6, 10]) func `a VLAN tag is shown as tcpdump does`(_ index: Int) throws {
    let (flags, options) = Self.switches[index]
    try compare(Self.conversation(.ethernet, vlan: 5), flags, options)
  }

  @Test func `an ICMP error is shown as tcpdump does`() throws {
    try compare([PacketSamples.error], [], PacketText.Options())
  }

  @Test func `no control of a packet reaches the terminal`() {
    var sample = PacketSamples.syn
    sample.payload = Array(0...255)
    for (_, options) in Self.switches {
      var printer = PacketText(options)
      for line in printer.lines(PacketSamples.record(sample)) {
        // tcpdump's layout has tabs: in front of hexadecimal rows, and with -A those of the payload.
        #expect(line.unicodeScalars.allSatisfy { $0 == "\t" || ("\u{20}"..."\u{7e}").contains($0) })
      }
    }
  }

  @Test func `a line as people know it`() {
    var printer = PacketText()
    #expect(
      printer.lines(PacketSamples.record(PacketSamples.syn)) == [
        "10:00:00.123456 IP 192.0.2.1.40000 > 198.51.100.2.3699: Flags [S], seq 1000, win 64240, "
          + "options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0"
      ])
  }

  @Test(arguments: 0..<74) func `a frame cut anywhere is printed without a trap`(_ count: Int) {
    var record = PacketSamples.record(PacketSamples.syn)
    record.frame = Array(record.frame.prefix(count))
    for (_, options) in Self.switches {
      var printer = PacketText(options)
      #expect(!printer.lines(record).isEmpty)
    }
  }
}
