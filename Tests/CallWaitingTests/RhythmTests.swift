import Flows
import Packets
import Testing

@testable import CallWaiting

@Suite struct RhythmTests {
  /// A flow of messages of a side, at a second, of a length.
  static func flow(_ messages: [(Side, Double, Int)], lasting seconds: Double? = nil) throws -> Flow
  {
    let client = Endpoint(try #require(IPAddress("203.0.113.5")), 1_025)
    let server = Endpoint(try #require(IPAddress("198.51.100.9")), 3_699)
    let first = Timestamp(seconds: 1_100_000_000, nanoseconds: 0)
    var flow = Flow(
      number: 1, transport: .udp, client: client, server: server, ground: .firstDatagram,
      first: first,
      firstPacket: FirstPacket(
        number: 1, ip: IPHeader(family: .ipv4, hopLimit: 64), tcp: nil, payloadLength: 10,
        side: .client))
    for (index, message) in messages.enumerated() {
      let time = Timestamp(nanoseconds: first.nanoseconds + Int64(message.1 * 1e9))
      flow.conversation.turns.append(
        Turn(side: message.0, time: time, packet: index + 1, range: 0..<0, length: message.2))
      flow.last = time
      if message.0 == .client { flow.clientCounters.payloadBytes &+= message.2 }
      if message.0 == .server { flow.serverCounters.payloadBytes &+= message.2 }
    }
    if let seconds { flow.last = Timestamp(nanoseconds: first.nanoseconds + Int64(seconds * 1e9)) }
    return flow
  }

  static func beats(_ count: Int, every seconds: Double = 20) -> [(Side, Double, Int)] {
    (0..<count).flatMap {
      [(.client, Double($0) * seconds, 60), (.server, Double($0) * seconds + 0.2, 20)]
    }
  }

  @Test func `an alert among keepalives that a person answers is found`() throws {
    let messages = (Self.beats(16) + [(.server, 105, 300), (.client, 112.5, 80)]).sorted {
      $0.1 < $1.1
    }
    let rhythm = Rhythm(of: try Self.flow(messages))
    #expect(rhythm.answers.count == 1)
    #expect(rhythm.answers.first?.seconds == 7.5)
    #expect(rhythm.keepalive?.interval == 20)
    #expect(rhythm.isLongAndQuiet)
  }

  @Test func `a confirmation at once does not hide the choice`() throws {
    let messages: [(Side, Double, Int)] = [
      (.client, 0, 50), (.server, 60, 300), (.client, 60.1, 30), (.client, 70, 80),
      (.server, 70.1, 20),
    ]
    #expect(Rhythm(of: try Self.flow(messages)).answers.map(\.seconds) == [10])
  }

  @Test(arguments: [0.1, 1.5, 61, 200])
  func `an answer faster or slower than a person is none`(delay: Double) throws {
    let messages: [(Side, Double, Int)] = [
      (.client, 0, 50), (.server, 60, 300), (.client, 60 + delay, 80),
    ]
    #expect(Rhythm(of: try Self.flow(messages)).answers.isEmpty)
  }

  @Test func `large messages and lively talk are no alerts`() throws {
    let large: [(Side, Double, Int)] = [(.client, 0, 50), (.server, 60, 3_000), (.client, 67, 80)]
    #expect(Rhythm(of: try Self.flow(large)).answers.isEmpty)
    let lively: [(Side, Double, Int)] = [
      (.client, 0, 50), (.server, 60, 300), (.client, 67, 80), (.server, 71, 90), (.client, 75, 80),
    ]
    #expect(Rhythm(of: try Self.flow(lively)).answers.isEmpty)
    let soon: [(Side, Double, Int)] = [(.client, 0, 50), (.server, 10, 300), (.client, 17, 80)]
    #expect(Rhythm(of: try Self.flow(soon)).answers.isEmpty)
  }

  @Test func `answers like clockwork are a timer's`() throws {
    var messages: [(Side, Double, Int)] = [(.client, 0, 50)]
    for index in 1...4 {
      messages += [
        (.server, Double(index) * 100, 100 + index * 50),
        (.client, Double(index) * 100 + 5, 70 + index * 30),
      ]
    }
    #expect(Rhythm(of: try Self.flow(messages)).answers.isEmpty)
  }

  @Test func `two heartbeats out of step are no alerts`() throws {
    let messages = (0..<20).flatMap { index -> [(Side, Double, Int)] in
      [(.server, Double(index) * 30, 40), (.client, Double(index) * 30 + 5, 44)]
    }
    #expect(Rhythm(of: try Self.flow(messages)).answers.isEmpty)
  }

  @Test func `a short, a busy or an uneven flow is not long and quiet`() throws {
    #expect(!Rhythm(of: try Self.flow(Self.beats(6))).isLongAndQuiet)
    let busy = Self.beats(12).map { ($0.0, $0.1, $0.2 * 60) }
    #expect(!Rhythm(of: try Self.flow(busy)).isLongAndQuiet)
    let uneven: [(Side, Double, Int)] = [0, 3, 50, 51, 170, 172, 400].map { (.client, $0, 60) }
    #expect(!Rhythm(of: try Self.flow(uneven)).isLongAndQuiet)
  }

  @Test func `nothing said has no rhythm`() throws {
    let rhythm = Rhythm(of: try Self.flow([], lasting: 1_000))
    #expect(rhythm.answers.isEmpty)
    #expect(rhythm.keepalive == nil)
    #expect(!rhythm.isLongAndQuiet)
  }

  @Test func `clocks that run backwards or far apart crash nothing`() throws {
    var flow = try Self.flow([
      (.client, 0, 50), (.server, -50, 300), (.client, 9e8, 80), (.server, 1, .max),
    ])
    flow.last = Timestamp(nanoseconds: .min)
    #expect(Rhythm(of: flow).answers.isEmpty)
  }
}
