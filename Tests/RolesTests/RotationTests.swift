import Testing

@testable import Roles

/// Names as tcpdump's MakeFilename makes them.
@Suite struct RotationTests {
  private func name(_ rotation: Rotation, _ pattern: String, _ number: Int) -> String? {
    rotation.name(of: Array(pattern.utf8), at: 1_000_000_000, number: number).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test func `The first file of a size has the plain name, the next ones a number behind it`() {
    let rotation = Rotation(size: 1_000)
    #expect(
      [0, 1, 10].map { name(rotation, "live.pcap", $0) } == [
        "live.pcap", "live.pcap1", "live.pcap10",
      ])
    // Without a time the letters of strftime mean themselves.
    #expect(name(rotation, "%H", 0) == "%H")
  }

  @Test func `Counted files have as many digits as the last needs`() {
    for (count, first, second) in [(2, "f0", "f1"), (10, "f0", "f1"), (11, "f00", "f01")] {
      let rotation = Rotation(size: 1_000, count: count)
      #expect(name(rotation, "f", 0) == first && name(rotation, "f", 1) == second)
    }
    // tcpdump gives a single file no digit.
    #expect(name(Rotation(size: 1_000, count: 1), "f", 0) == "f")
  }

  @Test func `A time fills in the letters of strftime`() {
    #expect(name(Rotation(seconds: 10), "%s-%Y", 0)?.hasPrefix("1000000000-2001") == true)
    #expect(name(Rotation(seconds: 10, count: 20), "f", 0) == "f")
    #expect(name(Rotation(size: 1, seconds: 10), "f%Y", 2) == "f20012")
    #expect(name(Rotation(size: 1, seconds: 10, count: 20), "f%Y", 2) == "f200102")
  }

  @Test(arguments: ["%D", "a/b", "", ".", "..", "%"])
  func `What is no name in the folder is refused`(_ pattern: String) {
    #expect(name(Rotation(seconds: 10), pattern, 0) == nil || pattern == "%")
  }
}
