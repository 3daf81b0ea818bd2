import Packets
import Testing

@Suite struct ValueTests {
  @Test func `an endpoint is written with its port, IPv6 in brackets`() {
    #expect(Endpoint(FrameBuilder.client, 3699).description == "192.0.2.1:3699")
    #expect(Endpoint(FrameBuilder.client6, 80).description == "[2001:db8::1]:80")
    #expect(Endpoint(FrameBuilder.client, 2) > Endpoint(FrameBuilder.client, 1))
    #expect(Endpoint(FrameBuilder.client, 2) < Endpoint(FrameBuilder.server, 1))
  }

  @Test(
    arguments: [
      (0, 0, 0), (1, 5, 1_000_000_005), (-1, 5, -999_999_995), (.max, 0, .max), (.min, 0, .min),
      (9_223_372_036, 854_775_808, .max), (9_223_372_036, 854_775_807, .max),
    ] as [(Int64, Int64, Int64)])
  func `a moment outside the range is clamped`(
    seconds: Int64, nanoseconds: Int64, expected: Int64
  ) {
    #expect(Timestamp(seconds: seconds, nanoseconds: nanoseconds).nanoseconds == expected)
  }

  @Test func `the difference of moments is clamped`() {
    let first = Timestamp(nanoseconds: .min)
    let last = Timestamp(nanoseconds: .max)
    #expect(last.nanoseconds(since: first) == .max)
    #expect(first.nanoseconds(since: last) == .min)
    #expect(moment.seconds(since: Timestamp(nanoseconds: 500_000_000)) == 0.5)
  }

  @Test(arguments: 0...9)
  func `a reader's step passes its bytes or nothing`(count: Int) {
    let bytes = (1..<10).prefix(count).map { UInt8($0) }
    func step(_ needed: Int, _ take: (inout Reader) -> UInt64?, _ expected: UInt64) {
      var reader = Reader(bytes.span)
      let value = take(&reader)
      let (offset, remaining) = (reader.offset, reader.remaining)
      #expect(value == (count >= needed ? expected : nil))
      #expect(offset == (count >= needed ? needed : 0))
      #expect(remaining == count - offset)
    }
    step(1, { $0.uint8().map(UInt64.init) }, 1)
    step(2, { $0.uint16().map(UInt64.init) }, 0x0102)
    step(3, { $0.uint24().map(UInt64.init) }, 0x01_0203)
    step(4, { $0.uint32().map(UInt64.init) }, 0x0102_0304)
    step(8, { $0.uint64() }, 0x0102_0304_0506_0708)
    step(2, { $0.uint16LittleEndian().map(UInt64.init) }, 0x0201)
    step(4, { $0.uint32LittleEndian().map(UInt64.init) }, 0x0403_0201)
    step(8, { $0.uint64LittleEndian() }, 0x0807_0605_0403_0201)
    step(5, { $0.skip(5) ? 5 : nil }, 5)
    step(6, { $0.seek(to: 6) ? 6 : nil }, 6)
    step(
      7,
      { reader in
        if let taken = reader.take(7) { return UInt64(taken.count) }
        return nil
      }, 7)
    var reader = Reader(bytes.span)
    let (next, before) = (reader.peek(), reader.peek(-1))
    #expect(next == bytes.first)
    #expect(before == nil)
    let (back, beyond) = (reader.skip(-1), reader.seek(to: count + 1))
    #expect(!back)
    #expect(!beyond)
    let rest = reader.rest().count
    let remaining = reader.remaining
    #expect(rest == count)
    #expect(remaining == 0)
  }
}
