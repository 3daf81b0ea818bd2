import CallWaiting
import Flows
import Packets
import Testing

@testable import Verdicts

/// What is said of payload that nobody could name.
@Suite struct FingerprintTests {
  @Test func `a flow without payload has none`() {
    #expect(Fingerprint(of: Builder().flow) == nil)
  }

  @Test func `it has first bytes, lengths, directions and times`() throws {
    var builder = Builder()
    builder.say(.client, at: 1, [0x80, 0x01] + [UInt8](repeating: 7, count: 38))
    builder.say(.server, at: 1.5, "ok\r\n")
    builder.say(.client, at: 3, [1, 2, 3])
    let print = try #require(Fingerprint(of: builder.flow))
    #expect(print.first.map(\.length) == [40, 4, 3])
    #expect(print.first.map(\.side) == [.client, .server, .client])
    #expect(print.first.map(\.gap) == [nil, 500_000_000, 1_500_000_000])
    #expect(print.client?.first.count == Fingerprint.bytes)
    #expect(print.client?.first.prefix(3) == [0x80, 0x01, 7])
    #expect(print.client?.kept == 43)
    #expect(print.server?.printable == 100)
    #expect(print.client?.printable == 0)
    #expect(print.keepalive == nil)
  }

  @Test(
    arguments: [
      ([UInt8](repeating: 9, count: 100), 0.0, 6.6), (Array(0...255), 8.0, 8.0),
      ([1, 2], 1.0, 1.0), ([5], 0.0, 0.0), (Array("aabb".utf8), 1.0, 2.0),
    ] as [([UInt8], Double, Double)])
  func `entropy is Shannon's, and its most is what the length allows`(
    bytes: [UInt8], entropy: Double, most: Double
  ) throws {
    let print = try #require(SideFingerprint(of: SideBytes(bytes)))
    #expect(abs(print.entropy - entropy) < 0.05)
    #expect(abs(print.mostEntropy - most) < 0.05)
  }

  @Test(arguments: Side.allCases)
  func `a keepalive of either side is found`(side: Side) throws {
    var builder = Builder()
    for beat in 1...6 {
      builder.say(side, at: Double(beat) * 20, [1, 0, 0, 9])
      builder.say(side.opposite, at: Double(beat) * 20 + 0.05, [2, 0, 0, 9, UInt8(beat)])
    }
    let print = try #require(Fingerprint(of: builder.flow))
    #expect(print.keepalive?.interval == 20)
    #expect(print.keepalive?.count == 6)
    #expect(print.first.count == Fingerprint.messages)
  }
}
