import Packets
import Testing

@Suite struct ICMPTests {
  private typealias Build = FrameBuilder

  private func found(_ decoded: Decoded?) -> ICMPError? {
    if case .error(let error) = decoded { error } else { nil }
  }

  @Test(arguments: [3, 4, 5, 11, 12] as [UInt8])
  func `an error gives the ends of what it quotes, eight bytes are enough`(type: UInt8) throws {
    let quoted = Array(Build.ipv4(17, Build.udp()).prefix(28))
    let frame = Build.ipv4(
      1, [type, 3, 0, 0, 0, 0, 0, 0] + quoted, from: Build.server, to: Build.client)
    let error = try #require(found(try decode(frame, link: .raw)))
    #expect(error.reporter == Build.server)
    #expect(error.destination == Build.client)
    #expect(error.type == type)
    #expect(error.code == 3)
    #expect(error.transport == .udp)
    #expect(error.quotedSource == Endpoint(Build.client, 40_000))
    #expect(error.quotedDestination == Endpoint(Build.server, 3699))
    #expect(error.touches(3699))
    #expect(quickLook(frame, link: .raw) == .lookCloser)
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt8])
  func `an ICMPv6 error gives the ends behind extension headers`(type: UInt8) throws {
    let quoted = Build.ipv6(0, [6, 0, 1, 4, 0, 0, 0, 0] + Build.tcp())
    let frame = Build.ipv6(
      58, [type, 0, 0, 0, 0, 0, 0, 0] + quoted, from: Build.server6, to: Build.client6)
    let error = try #require(found(try decode(frame, link: .raw)))
    #expect(error.family == .ipv6)
    #expect(error.transport == .tcp)
    #expect(error.quotedDestination == Endpoint(Build.server6, 3699))
  }

  @Test func `echo and quoted later fragments give nothing`() throws {
    let echo = Build.ipv4(1, [8, 0, 0, 0, 0, 0, 0, 0] + Build.ipv4(17, Build.udp()))
    let later = Build.ipv4(1, [3, 0, 0, 0, 0, 0, 0, 0] + Build.ipv4(17, Build.udp(), flags: 1))
    for frame in [echo, later] {
      guard case .other = try decode(frame, link: .raw) else {
        Issue.record("something was found")
        return
      }
    }
  }

  @Test(arguments: 0..<24)
  func `a quote without its ports is malformed`(count: Int) {
    let quoted = Array(Build.ipv4(17, Build.udp()).prefix(count))
    let frame = Build.ipv4(1, [3, 3, 0, 0, 0, 0, 0, 0] + quoted)
    #expect(malformed(frame, link: .raw)?.layer == .quoted)
    #expect(malformed(frame, link: .raw)?.reason == .short)
  }
}
