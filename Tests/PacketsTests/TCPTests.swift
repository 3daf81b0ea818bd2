import Packets
import Testing

@Suite struct TCPTests {
  private func header(_ options: [UInt8], cut: Int = 0) throws -> TCPHeader {
    let frame = FrameBuilder.ipv4(6, FrameBuilder.tcp(options: options, flags: 2, payload: []))
    let captured = Array(frame.dropLast(cut))
    let packet = try #require(onlyPacket(captured, length: frame.count, link: .raw))
    guard case .tcp(let header) = packet.header else {
      Issue.record("no TCP")
      throw Malformed(.tcp, .unknown)
    }
    return header
  }

  @Test func `the fields are read`() throws {
    let packet = try #require(onlyPacket(FrameBuilder.plain))
    guard case .tcp(let header) = packet.header else {
      Issue.record("no TCP")
      return
    }
    #expect(header.sequence == 1000)
    #expect(header.acknowledgement == 2000)
    #expect(header.flags == [.ack, .psh])
    #expect(header.window == 8192)
    #expect(header.urgent == 7)
    #expect(header.options == TCPOptions())
  }

  @Test func `Linux's options are read in their order`() throws {
    let options = try header([
      2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1, 3, 3, 7,
    ]).options
    #expect(options.count == 4)
    #expect(options.maximumSegmentSize == 1460)
    #expect(options.selectiveAcknowledgementPermitted)
    #expect(options.timestamps == TCPOptions.Timestamps(value: 1, echo: 2))
    #expect(options.windowScale == 7)
    #expect(options.kinds == 0x03_01_08_04_02)
    #expect(!options.malformed)
  }

  @Test func `Fast Open and Multipath are noted`() throws {
    let options = try header([34, 2, 30, 4, 0, 0, 1, 1]).options
    #expect(options.fastOpen)
    #expect(options.multipath)
    #expect(options.count == 2)
  }

  @Test(
    arguments: [
      [2, 0, 0, 0], [2, 1, 0, 0], [1, 1, 1, 2], [2, 5, 0, 0], [8, 10, 0, 0], [2, 3, 0, 1],
      [3, 4, 0, 0],
    ] as [[UInt8]])
  func `bent options are flagged and never fatal`(options: [UInt8]) throws {
    #expect(try header(options).options.malformed)
  }

  @Test(arguments: 1...10)
  func `options that the capture cut just end`(cut: Int) throws {
    let options = try header([8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1, 1], cut: cut + 2).options
    #expect(!options.malformed)
    #expect(options.timestamps == nil)
  }

  @Test func `what follows the end of the list is padding`() throws {
    let options = try header([0, 2, 0, 0]).options
    #expect(!options.malformed)
    #expect(options.count == 0)
  }

  @Test(arguments: 0..<20)
  func `a header cut behind its flags is used, and before them is cut`(count: Int) {
    let frame = FrameBuilder.ipv4(6, FrameBuilder.tcp())
    let cut = Array(frame[..<(20 + count)])
    if count < 14 {
      #expect(
        malformed(cut, length: frame.count, link: .raw)
          == Malformed(.tcp, .cut, needed: 14, had: count))
    } else {
      #expect(onlyPacket(cut, length: frame.count, link: .raw)?.payloadLength == 5)
    }
  }
}
