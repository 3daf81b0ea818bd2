import Testing

@testable import Sockets

@Suite struct ProcNetTableTests {
  static let tcp = """
      sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
       0: 0100007F:0E73 00000000:0000 0A 00000000:00000002 00:00000000 00000000  1000        0 4711 1 0000000000000000 100 0 0 10 0
       1: 0100007F:C350 0100007F:0E73 01 00000005:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 20 4 30 10 -1
       2: 0100007F:0E73 0100007F:D000 06 00000000:00000000 03:00000A8B 00000000     0        0 0 3 0000000000000000
       1: 0100007F:C350 0100007F:0E73 01 00000006:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 20 4 30 10 -1
       3: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 99 1 0000000000000000 100 0 0 10 0

    """
  static let tcp6 =
    "   0: 0000000000000000FFFF00000100007F:0E73 0000000000000000FFFF00000100007F:C350 08 "
    + "00000000:00000000 00:00000000 00000000     0        0 77 1 0 20 4 30 10 -1\n"

  private func parse(_ text: String, isIPv6: Bool = false, pieces: Int = 4_096) -> [SocketEntry] {
    var table = ProcNetTable(transport: .tcp, isIPv6: isIPv6, port: 3699)
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      table.feed(bytes[start..<min(start + pieces, bytes.count)])
    }
    return table.entries
  }

  @Test func `rows of the port on either side are read and repeated rows dropped`() {
    let entries = parse(Self.tcp)
    #expect(entries.map(\.state) == [.listening, .established, .timeWait])
    #expect(entries.map(\.inode) == [4711, 4712, 0])
    #expect(entries.first?.local == SocketEndpoint(address: [127, 0, 0, 1], port: 3699))
    #expect(entries.first?.receiveQueue == 2 && entries.first?.user == 1000)
    #expect(entries.dropFirst().first?.sendQueue == 5)
    #expect(entries.allSatisfy { $0.cookie == 0 && $0.mark == nil })
  }

  @Test(arguments: [1, 2, 3, 7, 64, 151])
  func `pieces of any size give the same`(pieces: Int) {
    #expect(parse(Self.tcp, pieces: pieces) == parse(Self.tcp))
  }

  @Test func `a mapped address keeps its 16 bytes`() throws {
    let entry = try #require(parse(Self.tcp6, isIPv6: true).first)
    #expect(entry.localAddress == [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 127, 0, 0, 1])
    #expect(entry.local.unmapped.address == [127, 0, 0, 1] && entry.state == .closeWait)
  }

  @Test(arguments: 0..<tcp6.utf8.count)
  func `a cut row is no row`(length: Int) {
    #expect(parse(String(Self.tcp6.prefix(length)), isIPv6: true).isEmpty)
  }

  @Test func `a line without end is not kept`() {
    #expect(parse(String(repeating: "0", count: 100_000)).isEmpty)
    #expect(parse(String(repeating: "x", count: 5_000) + "\n" + Self.tcp).count == 3)
  }
}
