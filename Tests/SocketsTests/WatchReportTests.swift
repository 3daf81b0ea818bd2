import Testing

@testable import Sockets

/// Reports of the kernel as Linux 6.18 sent them.
@Suite struct WatchReportTests {
  /// nlmsghdr, cn_msg of process events, then the event.
  private func report(_ what: String, _ data: String, length: String = "2800") -> [UInt8] {
    hex(
      """
      4c000000 0300 0000 00000000 00000000
      01000000 01000000 cc710000 08000000 \(length) 0000
      \(what) 00000000 0000000000000000 \(data)
      """)
  }

  @Test func `the five kinds of process reports are read`() {
    let forked = report("01000000", "0d3b0000 0d3b0000 363b0000 363b0000 0000000000000000")
    #expect(ProcessReport(forked) == .forked(parent: 0x3b0d, child: 0x3b36))
    let executed = report("02000000", "373b0000 363b0000 000000000000000000000000 00000000")
    #expect(ProcessReport(executed) == .executed(0x3b36))
    let renamed = report("00020000", "363b0000 363b0000 7365727665720000 0000000000000000")
    #expect(ProcessReport(renamed) == .renamed(0x3b36))
    let ended = report("00000080", "363b0000 363b0000 00000000 11000000 0d3b0000 0d3b0000")
    #expect(ProcessReport(ended) == .ended(0x3b36))
    let acknowledged = report("00000000", "01000000 00000000 0000000000000000 0000000000000000")
    #expect(ProcessReport(acknowledged) == .acknowledged(number: 7, failure: 1))
  }

  @Test func `a cut report, another kind and another connector are none`() {
    let whole = report("02000000", "363b0000 363b0000 0000000000000000 0000000000000000")
    for count in 0..<whole.count {
      let report = ProcessReport(Array(whole[..<count]))
      #expect(report == nil || report == .executed(0x3b36), "\(count) bytes")
    }
    #expect(ProcessReport(report("04000000", "363b0000 363b0000 00000000")) == nil)
    var other = whole
    other[16] = 2
    #expect(ProcessReport(other) == nil)
  }

  /// A UDP socket bound to 127.0.0.1 that was closed: 96 bytes.
  static let ended = hex(
    """
    60000000 1400 0000 00000000 00000000           // nlmsghdr: 96 bytes, by family
    02 07 00 00                                    // inet_diag_msg: IPv4, closed
    0e73 0000                                      // port 3699, no peer
    7f000001 00000000 00000000 00000000
    00000000 00000000 00000000 00000000
    00000000 13100000 00000000                     // interface, cookie
    00000000 00000000 00000000 00000000 00000000   // expires, queues, user, inode
    0500 0a00 11000000                             // protocol: UDP
    """)

  @Test func `the end of a socket is read with its protocol, cookie and ends`() throws {
    let entry = try #require(EndedSockets.entries(in: Self.ended).first)
    #expect(entry.transport == .udp && entry.localPort == 3699 && entry.cookie == 0x1013)
    #expect(entry.localAddress == TestSocket.loopback4 && entry.inode == 0)
    #expect(EndedSockets.entries(in: Self.ended + Self.ended).count == 2)
  }

  @Test func `no cut and no flipped byte of such a report does harm`() {
    for count in 0..<Self.ended.count {
      #expect(EndedSockets.entries(in: Array(Self.ended[..<count])).isEmpty)
    }
    for index in Self.ended.indices {
      for bit in 0..<8 {
        var bent = Self.ended
        bent[index] ^= 1 << UInt8(bit)
        #expect(EndedSockets.entries(in: bent + Self.ended).count <= 2)
      }
    }
  }

  @Test func `a protocol that is neither TCP nor UDP is passed over`() {
    var other = Self.ended
    other[other.count - 4] = 132
    #expect(EndedSockets.entries(in: other).isEmpty)
  }
}
