import Testing

@testable import Packets

@Suite struct NetfilterLogTests {
  private static let datagram = VanJacobsonTests.datagram(
    identification: 1, sequence: 1, "netfilter")

  /// A frame of two attributes, a prefix and the packet.
  private static func frame(bigEndian: Bool) -> [UInt8] {
    func two(_ number: Int) -> [UInt8] {
      let bytes = [UInt8(number >> 8), UInt8(number & 255)]
      return bigEndian ? bytes : bytes.reversed()
    }
    return [2, 0, 0, 30] + two(5) + two(10) + [0, 0, 0, 0]
      + two(4 + datagram.count) + two(9) + datagram
  }

  @Test(arguments: [false, true])
  func `the packet among the attributes is read in both byte orders`(isBigEndian: Bool) throws {
    var decoder = Decoder()
    let frame = Self.frame(bigEndian: isBigEndian)
    let decoded = try decoder.decode(
      frame.span, length: frame.count, at: Timestamp(nanoseconds: 0), link: .netfilterLog)
    #expect(decoded.touches(3699))
    #expect(LinkType(number: 239) == .netfilterLog)
    #expect(PortTest.of(frame.span, link: .netfilterLog, port: 3699) == .lookCloser)
  }

  @Test(arguments: 0..<60)
  func `a cut frame never traps`(length: Int) {
    var decoder = Decoder()
    let frame = Self.frame(bigEndian: false)
    let decoded = try? decoder.decode(
      Array(frame.prefix(length)).span, length: frame.count, at: Timestamp(nanoseconds: 0),
      link: .netfilterLog)
    if length < 46 { #expect(decoded?.touches(3699) != true) }
  }
}
