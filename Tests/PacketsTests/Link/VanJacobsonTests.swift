import Testing

@testable import Packets

/// TCP headers compressed after RFC 1144.
@Suite struct VanJacobsonTests {
  /// An IPv4 datagram with TCP, both checksums right.
  static func datagram(
    from: UInt16 = 1025, to: UInt16 = 3699, identification: UInt16, sequence: UInt32,
    acknowledgement: UInt32 = 500, window: UInt16 = 4096, flags: UInt8 = 0x18, _ data: String
  ) -> [UInt8] {
    func two(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 255)] }
    func four(_ number: UInt32) -> [UInt8] {
      two(UInt16(number >> 16)) + two(UInt16(number & 0xffff))
    }
    let ends: [UInt8] = from == 3699 ? [10, 0, 0, 2, 10, 0, 0, 1] : [10, 0, 0, 1, 10, 0, 0, 2]
    let body = Array(data.utf8)
    var tcp = two(from) + two(to) + four(sequence) + four(acknowledgement)
    tcp += [0x50, flags] + two(window) + [0, 0, 0, 0] + body
    let sum = checksum(ends + [0, 6] + two(UInt16(tcp.count)) + tcp)
    tcp.replaceSubrange(16..<18, with: two(sum))
    var ip: [UInt8] = [0x45, 0] + two(UInt16(20 + tcp.count)) + two(identification)
    ip += [0x40, 0, 64, 6, 0, 0] + ends
    ip.replaceSubrange(10..<12, with: two(checksum(ip)))
    return ip + tcp
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum = 0
    for (index, byte) in bytes.enumerated() { sum += Int(byte) << (index % 2 == 0 ? 8 : 0) }
    while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
    return ~UInt16(sum)
  }

  /// The frame in which a header is sent whole, as connection `slot`.
  private func whole(_ datagram: [UInt8], slot: UInt8) -> [UInt8] {
    var bytes = datagram
    bytes[9] = slot
    return [0xff, 0x03, 0x00, 0x2f] + bytes
  }

  /// The frame in which only changes are sent.
  private func compressed(_ mask: UInt8, _ changes: [UInt8], of datagram: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0xff, 0x03, 0x00, 0x2d, mask]
    var changes = changes[...]
    if mask & 0x40 != 0 { bytes.append(changes.removeFirst()) }
    return bytes + datagram[36..<38] + changes + datagram[40...]
  }

  private func decode(
    _ decoder: inout Decoder, _ frame: [UInt8], cut: Int? = nil
  ) throws -> (packet: Packet, bytes: [UInt8]) {
    let decoded = try decoder.decode(
      Array(frame.prefix(cut ?? frame.count)).span, length: frame.count,
      at: Timestamp(nanoseconds: 0), link: .ppp, number: 1)
    guard case .reassembled(let packet, let bytes, frames: [1]) = decoded else {
      throw Malformed(.ppp, .unknown)
    }
    return (packet, bytes)
  }

  @Test func `a datagram is restored byte for byte from what changed`() throws {
    var decoder = Decoder()
    let first = Self.datagram(identification: 7, sequence: 1000, "hello")
    #expect(try decode(&decoder, whole(first, slot: 3)).bytes == first)
    // Sequence by 5, identification by 1, with the connection's number.
    let second = Self.datagram(identification: 8, sequence: 1005, "wor")
    #expect(try decode(&decoder, compressed(0x58, [3, 5], of: second)).bytes == second)
    // Everything by more than a byte, without a number and without a push.
    let third = Self.datagram(
      identification: 1008, sequence: 1508, acknowledgement: 1500, window: 5096, flags: 0x10, "ld")
    let changes: [UInt8] = [0, 3, 232, 0, 3, 232, 0, 1, 247, 0, 3, 232]
    #expect(try decode(&decoder, compressed(0x2e, changes, of: third)).bytes == third)
    // A one-way transfer: the sequence grows by the data before.
    let fourth = Self.datagram(
      identification: 1009, sequence: 1510, acknowledgement: 1500, window: 5096, flags: 0x10, "!")
    let found = try decode(&decoder, compressed(0x0f, [], of: fourth))
    #expect(found.bytes == fourth && found.packet.destination.port == 3699)
    #expect(found.packet.payload == 40..<41)
  }

  @Test func `both directions may use one number, the checksum tells them apart`() throws {
    var decoder = Decoder()
    let question = Self.datagram(identification: 1, sequence: 100, acknowledgement: 200, "abcd")
    let answer = Self.datagram(
      from: 3699, to: 1025, identification: 9, sequence: 200, acknowledgement: 104, "efg")
    #expect(try decode(&decoder, whole(question, slot: 0)).bytes == question)
    #expect(try decode(&decoder, whole(answer, slot: 0)).bytes == answer)
    let next = Self.datagram(identification: 2, sequence: 104, acknowledgement: 203, "ij")
    #expect(try decode(&decoder, compressed(0x5c, [0, 3, 4], of: next)).bytes == next)
    let reply = Self.datagram(
      from: 3699, to: 1025, identification: 10, sequence: 203, acknowledgement: 106, "k")
    #expect(try decode(&decoder, compressed(0x1c, [2, 3], of: reply)).bytes == reply)
  }

  @Test func `what was lost is counted, and nothing is invented`() throws {
    var decoder = Decoder()
    let next = Self.datagram(identification: 2, sequence: 104, "ij")
    let frame = compressed(0x58, [0, 4], of: next)
    #expect(throws: Malformed(.ppp, .state)) { try decode(&decoder, frame) }
    let first = Self.datagram(identification: 1, sequence: 100, "abcd")
    _ = try decode(&decoder, whole(first, slot: 0))
    // The packet between is missing: the checksum does not fit.
    let late = Self.datagram(identification: 3, sequence: 110, "kl")
    #expect(throws: Malformed(.ppp, .state)) {
      try decode(&decoder, compressed(0x58, [0, 2], of: late))
    }
    #expect(try decode(&decoder, frame).bytes == next)
  }

  @Test(arguments: 0..<16)
  func `a cut frame never traps`(length: Int) throws {
    var decoder = Decoder()
    let first = Self.datagram(identification: 1, sequence: 100, "abcd")
    _ = try decode(&decoder, whole(first, slot: 0))
    let frame = compressed(
      0x58, [0, 4], of: Self.datagram(identification: 2, sequence: 104, "ijkl"))
    let found = try? decode(&decoder, frame, cut: length)
    #expect(found == nil || found?.packet.destination.port == 3699)
  }
}
