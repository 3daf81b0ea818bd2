import Testing

@testable import Sockets

@Suite struct SockDiagReplyTests {
  static let whole = RecordedReply.established + RecordedReply.bound + RecordedReply.done

  @Test func `a recorded connection is read with its counters`() throws {
    let reply = SockDiagReply(RecordedReply.established, sequence: 7, protocol: .tcp)
    let entry = try #require(reply.entries.first)
    #expect(!reply.isDone && !reply.isMalformed && reply.entries.count == 1)
    #expect(entry.state == .established && !entry.isIPv6 && entry.transport == .tcp)
    #expect(entry.local == SocketEndpoint(address: [127, 0, 0, 1], port: 3699))
    #expect(entry.peer == SocketEndpoint(address: [127, 0, 0, 1], port: 44792))
    #expect(entry.receiveQueue == 5 && entry.sendQueue == 0 && entry.inode == 120203)
    #expect(entry.cookie == 0x1013 && entry.mark == 0 && entry.congestion == "bbr")
    #expect(entry.roundTripMicroseconds == 18)
    #expect(entry.bytesReceived == 5 && entry.bytesAcknowledged == 0)
    #expect(entry.isIPv6Only == nil && !entry.isMultipath && entry.upperLayer == nil)
  }

  @Test func `a recorded socket that is only bound is told as unconnected`() throws {
    let reply = SockDiagReply(RecordedReply.bound, sequence: 7, protocol: .tcp)
    let entry = try #require(reply.entries.first)
    #expect(entry.state == .unconnected && entry.isIPv6 && entry.isIPv6Only == true)
    #expect(entry.localAddress == TestSocket.loopback6 && entry.localPort == 3699)
    #expect(entry.inode == 120205 && entry.congestion == nil)
  }

  @Test func `messages of one datagram are all read and the end is seen`() {
    let reply = SockDiagReply(Self.whole, sequence: 7, protocol: .tcp)
    #expect(reply.entries.count == 2 && reply.isDone && reply.failure == nil)
  }

  @Test func `answers to another request are passed over`() {
    let reply = SockDiagReply(Self.whole, sequence: 8, protocol: .tcp)
    #expect(reply == SockDiagReply([], sequence: 8, protocol: .tcp))
  }

  @Test func `a refusal gives its number`() {
    let reply = SockDiagReply(RecordedReply.refused, sequence: 7, protocol: .tcp)
    #expect(reply.isDone && reply.failure == 2)
  }

  @Test func `an interrupted dump is told`() {
    var bytes = RecordedReply.bound
    bytes[6] |= 0x10
    #expect(SockDiagReply(bytes, sequence: 7, protocol: .tcp).isInterrupted)
  }

  @Test(arguments: 0..<whole.count)
  func `a truncated datagram gives only what is whole`(length: Int) {
    let reply = SockDiagReply(Array(Self.whole[..<length]), sequence: 7, protocol: .tcp)
    #expect(reply.entries.count == (length >= 416 ? 1 : 0) + (length >= 548 ? 1 : 0))
    #expect(!reply.isDone)
    #expect(reply.isMalformed == ![0, 416, 548].contains(length))
  }

  @Test(arguments: 0..<400)
  func `a message whose attributes are cut still gives the socket or is refused`(length: Int) {
    var bytes = Array(RecordedReply.established[..<(16 + length)])
    let total = UInt32(bytes.count)
    for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: total >> UInt32(8 * index)) }
    let reply = SockDiagReply(bytes, sequence: 7, protocol: .tcp)
    #expect(reply.entries.count == (length >= 72 ? 1 : 0))
    #expect(reply.isMalformed == (length < 72))
  }

  @Test(arguments: 0..<200)
  func `bent bytes never trap`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var bytes = Self.whole
    for _ in 0..<Int.random(in: 1...20, using: &generator) {
      let index = Int.random(in: bytes.indices, using: &generator)
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
    }
    for kind in DiagProtocol.allCases {
      let reply = SockDiagReply(bytes, sequence: 7, protocol: kind)
      #expect(reply.entries.count <= bytes.count / 88)
    }
  }
}
