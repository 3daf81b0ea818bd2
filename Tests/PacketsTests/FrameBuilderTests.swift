import Testing

@Suite struct FrameBuilderTests {
  @Test func `checksums of built headers come out as zero`() {
    let datagram = FrameBuilder.ipv4(17, FrameBuilder.udp())
    #expect(FrameBuilder.checksum(Array(datagram[..<20])) == 0)
    let pseudo =
      FrameBuilder.bytes(of: FrameBuilder.client) + FrameBuilder.bytes(of: FrameBuilder.server)
    let udp = Array(datagram[20...])
    #expect(
      FrameBuilder.checksum(pseudo + [0, 17] + FrameBuilder.big16(udp.count) + udp) == 0)
    let tcp = FrameBuilder.tcp(options: [2, 4, 5, 180])
    #expect(
      FrameBuilder.checksum(pseudo + [0, 6] + FrameBuilder.big16(tcp.count) + tcp) == 0)
  }

  @Test func `a checksum is that of RFC 1071's example`() {
    #expect(FrameBuilder.checksum([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]) == 0x220d)
  }

  @Test func `numbers are written most significant byte first`() {
    #expect(FrameBuilder.big16(0x1234) == [0x12, 0x34])
    #expect(FrameBuilder.big32(0x1234_5678) == [0x12, 0x34, 0x56, 0x78])
  }
}
