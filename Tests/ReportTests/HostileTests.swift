import Packets
import Testing

@testable import Report

@Suite struct HostileTests {
  private func isHidden(_ text: String) -> Bool {
    text.unicodeScalars.contains { Escaped.isHidden($0) }
  }

  @Test(arguments: Hostile.strings) func `no control reaches a line of text`(_ bytes: [UInt8]) {
    for line in Hostile(bytes: bytes).lines { #expect(!isHidden(line)) }
  }

  @Test(arguments: Hostile.strings) func `no control reaches a record`(_ bytes: [UInt8]) {
    for record in Hostile(bytes: bytes).json {
      let line = record.line
      #expect(line.last == 10)
      #expect(!isHidden(String(decoding: line.dropLast(), as: UTF8.self)))
      #expect(String(validating: line, as: UTF8.self) != nil)
    }
  }

  @Test(arguments: 0..<64) func `nor do random bytes`(_ seed: UInt64) {
    var state = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let bytes = (0..<40).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    let hostile = Hostile(bytes: bytes)
    for line in hostile.lines { #expect(!isHidden(line), "seed \(seed)") }
    for record in hostile.json {
      #expect(!isHidden(String(decoding: record.line.dropLast(), as: UTF8.self)), "seed \(seed)")
    }
  }

  @Test func `the same input gives the same bytes`() {
    let one = Hostile(bytes: Array("x y".utf8)).json.map(\.line)
    for _ in 0..<5 { #expect(Hostile(bytes: Array("x y".utf8)).json.map(\.line) == one) }
  }
}
