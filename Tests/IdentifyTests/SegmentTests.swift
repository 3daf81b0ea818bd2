import Packets
import Testing

@testable import Flows
@testable import Identify

/// TCP keeps no message together: what is told of a stream must not hang on where its segments end.
@Suite struct SegmentTests {
  private static let talks: [(names: Set<String>, said: [(Side, [UInt8])])] =
    (Sample.all.filter { $0.transport == .tcp }.map(\.said)
    + BinarySampleTests.samples.filter { $0.transport == .tcp }.map(\.said)
    + Recorded.talks.filter { $0.transport == .tcp }.map { Array($0.said.prefix(12)) })
    .compactMap { said in
      let found = Identification(of: Conversation(.tcp, said))
      // What one side alone says may rest on a packet of its own, as the cookie of an iperf3 stream does.
      guard let recognition = found.recognition, !recognition.isLone,
        recognition.application != "iperf3" || recognition.strength > .oneSided
      else { return nil }
      return (Set([recognition.application] + found.runnersUp.map(\.application)), said)
    }

  @Test func `there are many`() { #expect(Self.talks.count > 100) }

  @Test func `a stream keeps its name in segments of any size`() {
    var random = SplitMix(seed: 3_699)
    for (names, said) in Self.talks {
      for size in [1, 3, 0] {
        var cut: [(Side, [UInt8])] = []
        for (side, bytes) in said {
          var left = bytes[...]
          while !left.isEmpty {
            // The first bytes alone: later ones in one piece.
            let isBegun = bytes.count - left.count >= 48 * size
            let count =
              size > 0
              ? isBegun ? left.count : size
              : Int.random(in: 1...max(1, bytes.count), using: &random)
            cut.append((side, Array(left.prefix(count))))
            left = left.dropFirst(count)
          }
        }
        let found = Identification(of: Conversation(.tcp, cut)).recognition?.application
        #expect(names.contains(found ?? ""), "\(names.sorted()) in \(size): \(found ?? "none")")
      }
    }
  }

  @Test func `a stream keeps its name where one segment holds several messages`() {
    for (names, said) in Self.talks {
      var joined: [(Side, [UInt8])] = []
      for (side, bytes) in said {
        if joined.last?.0 == side {
          joined[joined.count - 1].1 += bytes
        } else {
          joined.append((side, bytes))
        }
      }
      let found = Identification(of: Conversation(.tcp, joined)).recognition?.application
      #expect(names.contains(found ?? ""), "\(names.sorted()): \(found ?? "none")")
    }
  }
}
