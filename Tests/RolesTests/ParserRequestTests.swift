import Sockets
import Testing

@testable import Roles

/// The helper reads nothing of the parser but these: any bytes are refused, or are one well-formed question.
@Suite struct ParserRequestTests {
  private static func question(
    _ length: Int, asksForListener: Bool = false
  ) -> AttributionRequest {
    AttributionRequest(
      transport: .udp,
      local: SocketEndpoint(address: (0..<length).map { UInt8($0 + 1) }, port: 3_699),
      peer: SocketEndpoint(address: (0..<length).map { UInt8(200 - $0) }, port: 40_000),
      time: 1_700_000_000_123_456_789, isOpener: true, asksForListener: asksForListener)
  }

  private static var unanswered: AttributionRequest {
    var request = question(16)
    request.asksForFirewall = true
    return request
  }

  static let requests: [ParserRequest] = [
    .owner(number: 1, question(4), mayBeListeners: false),
    .owner(number: .max, question(16), mayBeListeners: true),
    .owner(number: 3, question(4, asksForListener: true), mayBeListeners: false),
    .own(number: 7, address: [192, 0, 2, 1]),
    .own(number: 8, address: [UInt8](repeating: 0xfe, count: 16)),
    .nextFile, .sameFile, .sameData, .device(2, isPromiscuous: true),
    .device(9, isPromiscuous: false), .owner(number: 4, unanswered, mayBeListeners: true),
  ]

  @Test(arguments: requests)
  func `A request comes out as it went in, in a fixed size`(_ request: ParserRequest) {
    #expect(request.bytes.count == ParserRequest.size)
    #expect(ParserRequest(request.bytes) == request)
  }

  @Test(arguments: requests)
  func `A shorter or longer one is none`(_ request: ParserRequest) {
    for count in 0..<ParserRequest.size {
      #expect(ParserRequest(Array(request.bytes.prefix(count))) == nil)
    }
    #expect(ParserRequest(request.bytes + [0]) == nil)
  }

  @Test(arguments: requests)
  func `Each changed byte makes another well-formed request or none`(_ request: ParserRequest) {
    for index in 0..<ParserRequest.size {
      for value in UInt8.min...UInt8.max {
        var bytes = request.bytes
        bytes[index] = value
        guard let other = ParserRequest(bytes) else { continue }
        // One spelling each: nothing is hidden in bytes that nobody looks at.
        #expect(other.bytes == bytes)
        #expect((other == request) == (value == request.bytes[index]))
      }
    }
  }

  @Test func `Random bytes are refused or well-formed`() {
    var generator = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: 0...UInt64.max, using: &generator)
    var numbers = SplitMix(state: seed)
    var accepted = 0
    for _ in 0..<100_000 {
      var bytes = (0..<ParserRequest.size).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
      // Most would fail at the first byte.
      bytes[0] = UInt8(truncatingIfNeeded: numbers.next()) % 8
      if numbers.next() % 2 == 0 {
        bytes[1] = [0, 6, 17][Int(numbers.next() % 3)]
        bytes[2] = [0, 4, 16][Int(numbers.next() % 3)]
        bytes[3] &= 3
        // What is not used has to be zero, and so have the upper bits of a time.
        bytes[23] &= 0x7f
        for index in 56..<bytes.count { bytes[index] = 0 }
        if bytes[2] == 4 { for index in Array(28..<40) + Array(44..<56) { bytes[index] = 0 } }
      }
      guard let request = ParserRequest(bytes) else { continue }
      accepted += 1
      #expect(request.bytes == bytes, "seed \(seed)")
      if case .owner(_, let question, _) = request {
        #expect([4, 16].contains(question.local.address.count))
        #expect(question.local.address.count == question.peer.address.count)
        #expect(question.time >= 0)
      }
    }
    #expect(accepted > 0, "seed \(seed)")
  }

  @Test func `Wrong fields are refused`() {
    func changed(_ request: ParserRequest, _ index: Int, _ value: UInt8) -> ParserRequest? {
      var bytes = request.bytes
      bytes[index] = value
      return ParserRequest(bytes)
    }
    let owner = Self.requests[0]
    // The kind, the transport, the length of addresses, the flags, a time before 1970, behind a short address.
    for (index, value): (Int, UInt8) in [
      (0, 0), (0, 7), (0, 255), (1, 1), (2, 5), (2, 0), (3, 16), (16, 0x80), (28, 1),
    ] {
      #expect(changed(owner, index, value) == nil, "byte \(index)")
    }
    #expect(changed(.nextFile, 63, 1) == nil)
    #expect(changed(.device(1, isPromiscuous: true), 1, 2) == nil)
  }
}

/// Numbers that a seed makes anew.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}
