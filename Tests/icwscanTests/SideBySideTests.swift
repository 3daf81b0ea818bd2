import Glibc
import Testing

/// The same input through tools that everybody has: counts and lines must agree.
@Suite struct SideBySideTests {
  /// What tcpdump prints for the port.
  private func tcpdump(_ words: [String], _ path: String) throws -> [String] {
    let outcome = try Command.run(["tcpdump"] + words + ["-r", path, "port 3699"])
    return outcome.lines
  }

  @Test(.enabled(if: Place.has("tcpdump"), "tcpdump is not installed"), arguments: Capture.all)
  func `Packets of the port are counted as tcpdump counts them`(_ capture: Capture) throws {
    let flows = try capture.records().filter { $0.kind == "flow" }
    let counted = flows.reduce(0) { $0 + ($1["network.packets"]?.integer ?? 0) }
    let lines = try Command.run(
      ["tcpdump", "-nqt", "-r", capture.path, "port 3699"]
    ).lines.filter { !$0.hasPrefix("\t") && !$0.hasPrefix(" ") }
    #expect(counted == lines.count)
    for flow in flows {
      #expect(
        (flow["source.packets"]?.integer ?? 0) + (flow["destination.packets"]?.integer ?? 0)
          == flow["network.packets"]?.integer)
    }
  }

  @Test(.enabled(if: Place.has("tcpdump"), "tcpdump is not installed"), arguments: Capture.all)
  func `Packet headers are printed as tcpdump prints them`(_ capture: Capture) throws {
    // For PPP in HDLC framing tcpdump says the protocol's name twice ("IP: IP ..."); ours says it once.
    if capture.path.hasSuffix("ppp-serial.pcap") { return }
    for word in ["-n", "-tt", "-tttt"] {
      // What the other tool reads from the payload by port is its own; everything in front of it is the same.
      // tcpdump shows microseconds unless it is told otherwise; ours are the capture's own.
      let precision = capture.isNanosecond ? ["--nano"] : []
      let theirs = try tcpdump(["-n", word] + precision, capture.path).filter(Self.isHeader)
      let outcome = try Command.icwscan("analyze", "--packets", word, capture.path)
      let ours = outcome.lines.filter(Self.isHeader).filter {
        $0.contains(" > ") && !$0.contains(": ICMP")
      }
      .prefix(theirs.count)
      #expect(ours.map(Self.head) == theirs.map(Self.head))
    }
  }

  private static func isHeader(_ line: String) -> Bool {
    !line.hasPrefix("\t") && !line.hasPrefix(" ")
      && (line.contains(" IP ") || line.contains(" IP6 "))
  }

  /// Time and addresses, and for TCP everything up to the payload's length.
  private static func head(_ line: String) -> String {
    guard let flags = line.firstRange(of: ": Flags ") else {
      guard let arrow = line.firstRange(of: " > "),
        let colon = line[arrow.upperBound...].firstRange(of: ": ")
      else { return line }
      return String(line[..<colon.lowerBound])
    }
    guard let length = line[flags.upperBound...].firstRange(of: ", length ") else { return line }
    let digits = line[length.upperBound...].prefix(while: \.isNumber)
    return String(line[..<length.upperBound] + digits)
  }

  @Test(
    .enabled(
      if: Place.has("tcpdump") && Place.has("capinfos") && Place.has("tshark"),
      "tcpdump, capinfos or tshark is not installed"),
    arguments: Capture.all, ["out.pcap", "out.pcapng"])
  func `What -w writes is read by tcpdump, capinfos and tshark`(_ capture: Capture, _ name: String)
    throws
  {
    let folder = try TemporaryFolder()
    let written = folder(name)
    let outcome = try Command.icwscan("analyze", "-w", written, capture.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let theirs = try tcpdump(["-ntt", "-xx"], capture.path)
    #expect(try tcpdump(["-ntt", "-xx"], written) == theirs)
    let info = try Command.run(["capinfos", "-Tmc", written])
    let packets = theirs.count { !$0.hasPrefix("\t") && !$0.hasPrefix(" ") }
    #expect(info.status == 0 && !info.errors.contains("cut short"), "\(info.errors)")
    #expect(packets > 0)
    let shark = try Command.run([
      "tshark", "-n", "-r", written, "-T", "fields", "-e", "frame.number",
    ])
    #expect(shark.status == 0, "\(shark.errors)")
    // The written capture says the same as the original.
    let again = try Command.icwscan("analyze", "--json", written)
    let classes = { (output: String) in
      try JSONText.records(output).filter { $0.kind == "flow" }.map {
        "\($0["icwscan.verdict.class"]?.string ?? "") \($0["icwscan.verdict.application"]?.string ?? "-")"
      }
    }
    let original = try Command.icwscan("analyze", "--json", capture.path)
    #expect(try classes(again.output) == classes(original.output))
  }
}
