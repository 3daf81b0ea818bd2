import Flows
import Packets
import Testing

@testable import Identify

@Suite struct WireGuardTests {
  private static func noise(_ count: Int, _ start: UInt8) -> [UInt8] {
    (0..<count).map { start &+ UInt8(truncatingIfNeeded: $0 * 37) }
  }

  /// The white paper's section 5.4.2: type, sender, keys, and a second code that is zero.
  private static let initiation =
    hex("01000000 11223344") + noise(124, 3) + [UInt8](repeating: 0, count: 16)
  private static let response =
    hex("02000000 55667788 11223344") + noise(64, 9) + [UInt8](repeating: 0, count: 16)

  private static func data(_ counter: UInt8, _ count: Int = 32) -> [UInt8] {
    hex("04000000 55667788") + [counter, 0, 0, 0, 0, 0, 0, 0] + noise(count, counter)
  }

  @Test func `the response repeats the initiator's index`() {
    let said = [(Side.client, Self.initiation), (.server, Self.response), (.client, Self.data(0))]
    let found = recognised(Conversation(.udp, said))
    #expect(found?.application == "wireguard")
    #expect(found?.strength == .proven)
    #expect(found?.clientIs == .client)
    expectNoWrongName("wireguard", .udp, said)
  }

  @Test func `an initiation alone is one side`() {
    #expect(recognised(Conversation(.udp, [(.client, Self.initiation)]))?.strength == .oneSided)
    #expect(recognised(Conversation(.udp, [(.client, Self.initiation + [0])])) == nil)
  }

  @Test func `data alone needs three packets with one index and rising counters`() {
    let data = [1, 2, 3].map { (Side.client, Self.data($0)) }
    #expect(recognised(Conversation(.udp, data))?.application == "wireguard")
    #expect(recognised(Conversation(.udp, Array(data.prefix(2)))) == nil)
    #expect(recognised(Conversation(.udp, [data[0], data[0], data[0]])) == nil)
    #expect(recognised(Conversation(.udp, [1, 2, 3].map { (.client, Self.data($0, 31)) })) == nil)
  }

  @Test func `another index answers nothing`() {
    var other = Self.response
    other[8] ^= 1
    let found = recognised(Conversation(.udp, [(.client, Self.initiation), (.server, other)]))
    #expect(found?.strength != .proven)
  }
}
