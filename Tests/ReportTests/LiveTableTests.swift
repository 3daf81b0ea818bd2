import Flows
import Packets
import Report
import Testing

/// The screen of `live --table`.
struct LiveTableTests {
  private static func row(
    _ record: FlowRecord = Samples.record(server: Samples.python), isOver: Bool = false
  ) -> LiveTableRow {
    LiveTableRow(record: record, packetsPerSecond: 12, bytesPerSecond: 3_456, isOver: isOver)
  }

  private static func table(_ rows: [LiveTableRow] = [row()], dropped: Int = 0) -> LiveTable {
    var tally = Tally()
    for row in rows { tally.note(row.record) }
    var table = LiveTable(
      port: 3699, interfaces: ["eth0"], elapsed: 63_900_000_000,
      counters: DropsRecord(onPort: 10, dropped: dropped), packetsPerSecond: 12, tally: tally,
      owners: nil, flows: (rows.count, 3), place: (0, rows.count), order: .rate)
    table.rows = rows
    return table
  }

  @Test func `A wide terminal has a line a flow`() {
    let lines = Self.table().lines(columns: 160, lines: 12, colour: false)
    #expect(lines.count == 12)
    #expect(lines[0] == "icwscan  port 3699 on eth0  1 min 3 s")
    #expect(lines[1] == "1 flow, 3 over  12 packets/s  10 packets  none lost")
    #expect(lines[2].hasPrefix("3699/tcp is not KPN-ICW: it is HTTP"))
    #expect(
      lines[4].split(separator: " ").map(String.init) == [
        "CLIENT", ">", "SERVER", "PKT/S", "BYTES/S", "BYTES", "AGE", "VERDICT", "OWNERS",
      ])
    #expect(
      lines[5].split(separator: " ").prefix(9).joined(separator: " ")
        == "tcp 192.0.2.1:40000 > 198.51.100.2:3699 12 3.4 kB 3.2 kB")
    #expect(lines[5].contains("1s  other-application http (GET "))
    #expect(lines[5].contains("[python3 -m http.server"))
    #expect(lines[11].hasPrefix("1-1 of 1  by rate   q quits"))
    #expect(lines.allSatisfy { $0.count <= 160 })
  }

  @Test func `A narrow terminal has two lines a flow, with the owner in the second`() {
    let lines = Self.table().lines(columns: 80, lines: 24, colour: false)
    #expect(lines[5].hasPrefix("tcp 192.0.2.1:40000 > 198.51.100.2:3699 "))
    #expect(lines[5].count == 80 && lines[5].hasSuffix("1s"))
    #expect(lines[6].hasPrefix("    other-application http (GET ") && lines[6].contains("[python3"))
    #expect(lines.count == 24 && lines.allSatisfy { $0.count <= 80 })
  }

  @Test(arguments: [1, 2, 5, 20, 79, 80, 139, 140, 200, 500], [0, 1, 3, 6, 7, 24, 100])
  func `Whatever the terminal measures, nothing is larger than it`(_ columns: Int, _ lines: Int) {
    let long = Endpoint(IPAddress("2001:db8:1111:2222:3333:4444:5555:6666")!, 65_535)
    let wide = Samples.process(
      "x", ["\u{65e5}\u{672c}\u{8a9e}", String(repeating: "y", count: 900)])
    let flow = Samples.flow(client: long, server: Endpoint(long.address, 3_699))
    let rows = [Self.row(), Self.row(Samples.record(flow: flow, server: wide), isOver: true)]
    let room = LiveTable.room(columns: columns, lines: lines)
    #expect(room >= 0 && room <= max(0, lines - 6))
    for colour in [false, true] {
      let screen = Self.table(rows, dropped: 5).lines(
        columns: columns, lines: lines, colour: colour)
      #expect(screen.count <= max(lines, 0))
      for line in screen {
        // A colour has no width, and two columns belong to each of these characters.
        let plain = line.replacing(/\u{1b}\[[0-9]*m/, with: "")
        let width = plain.reduce(0) { $0 + ("\u{65e5}\u{672c}\u{8a9e}".contains($1) ? 2 : 1) }
        #expect(width <= columns, "\(plain)")
        if !colour { #expect(plain == line) }
      }
    }
  }

  @Test func `Both ends keep their ports where addresses are cut`() {
    let long = IPAddress("2001:db8:1111:2222:3333:4444:5555:6666")!
    let flow = Samples.flow(client: Endpoint(long, 40_001), server: Endpoint(long, 3_699))
    let lines = Self.table([Self.row(Samples.record(flow: flow))]).lines(
      columns: 80, lines: 24, colour: false)
    let ends = lines[5].split(separator: " ")
    #expect(ends[1].hasSuffix(":40001") && ends[1].contains("\u{2026}") && ends[2] == ">")
    #expect(ends[3].hasSuffix(":3699") && ends[3].hasPrefix("[2001:"))
  }

  @Test func `What was lost is told in place of none lost, and a message in place of the keys`() {
    var table = Self.table(dropped: 5)
    table.message = "icwscan: eth0 is gone"
    let lines = table.lines(columns: 80, lines: 24, colour: true)
    #expect(lines[1].contains("\u{1b}[33m") && lines[1].contains("5 lost"))
    #expect(lines[23].contains("eth0 is gone"))
  }

  @Test func `Hostile names reach no terminal raw`() {
    let process = Samples.process("a\u{1b}[31m", ["b\u{1b}]0;x\u{7}", "c\nd", "e\u{202e}f"])
    let lines = Self.table([Self.row(Samples.record(server: process))]).lines(
      columns: 200, lines: 24, colour: false)
    let scalars = lines.joined().unicodeScalars
    #expect(!scalars.contains { $0.value < 0x20 || $0.value == 0x202e })
  }
}
