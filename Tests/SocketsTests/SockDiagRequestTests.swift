import Testing

@testable import Sockets

@Suite struct SockDiagRequestTests {
  @Test func `a dump of the port 3699 is these bytes`() {
    let request = SockDiagRequest(
      protocol: .tcp, isIPv6: false, sequence: 7, scope: .port(3699))
    let expected = hex(
      """
      70000000 1400 0103 07000000 00000000           // nlmsghdr: 112 bytes, by family, dump
      02 06 0a 00 fe3f0000                           // inet_diag_req_v2: IPv4, TCP, info and congestion, states 1-13
      0000 0000                                      // ports
      00000000 00000000 00000000 00000000            // source
      00000000 00000000 00000000 00000000            // destination
      00000000 ffffffff ffffffff                     // interface, no cookie
      2800 0100                                      // attribute: 40 bytes, bytecode
      02 08 1400 0000 730e                           // source port >= 3699, else 20 on
      03 08 0c00 0000 730e                           // source port <= 3699, else 12 on
      01 04 1400                                     // accept
      04 08 1400 0000 730e                           // peer's port >= 3699, else reject
      05 08 0c00 0000 730e                           // peer's port <= 3699, else reject
      """)
    #expect(request.bytes == expected)
  }

  @Test func `a dump of both families of TCP has the first form of the request`() {
    let request = SockDiagRequest(
      protocol: .tcp, isIPv6: nil, sequence: 7, scope: .port(3699))
    let expected = hex(
      """
      74000000 1200 0103 07000000 00000000           // nlmsghdr: 116 bytes, TCP, dump
      00 00 00 0a                                    // inet_diag_req: no family, info and congestion
      0000 0000                                      // ports
      00000000 00000000 00000000 00000000            // source
      00000000 00000000 00000000 00000000            // destination
      00000000 ffffffff ffffffff                     // interface, no cookie
      fe3f0000 00000000                              // states 1-13, all tables
      """)
    #expect(request.bytes.prefix(76) == expected[...])
    #expect(request.bytes.dropFirst(76).prefix(4) == hex("2800 0100")[...])
  }

  @Test func `a question for one socket has its ends in network order and no dump flag`() {
    let request = SockDiagRequest(
      protocol: .udp, isIPv6: true, sequence: 9,
      scope: .one(
        source: SocketEndpoint(address: TestSocket.loopback6, port: 0x1234),
        destination: SocketEndpoint(address: [UInt8](0x20..<0x30), port: 3699)))
    let expected = hex(
      """
      48000000 1400 0100 09000000 00000000
      0a 11 0a 00 fe3f0000
      1234 0e73
      00000000 00000000 00000000 00000001
      20212223 24252627 28292a2b 2c2d2e2f
      00000000 ffffffff ffffffff
      """)
    #expect(request.bytes == expected)
  }

  @Test func `Multipath TCP's number goes into an attribute`() {
    let request = SockDiagRequest(
      protocol: .multipath, isIPv6: false, sequence: 1, scope: .port(1))
    #expect(request.bytes.suffix(8) == hex("0800 0300 06010000")[...])
    #expect(request.bytes[17] == 0)
  }
}
