import Glibc
import Testing

/// Every door that the fuzzers have, from their seeds, in the ordinary build and without a view of what is covered. What does
/// not hold stops the process, as it stops a fuzzer; `Tests/fuzz NAME` looks for it again and keeps the input.
@Suite struct DoorTests {
  /// Seconds for each door.
  private static let seconds = 5.0

  private static var now: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test(arguments: FuzzTarget.all.map(\.name))
  func `Whatever comes in at a door, what has to hold behind it holds`(_ name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let seeds = target.seeds()
    #expect(!seeds.isEmpty)
    for seed in seeds where seed.count <= target.longest { target.run(seed) }
    var mutator = Mutator(seeds, longest: target.longest, number: UInt64(name.utf8.count))
    let end = Self.now + Self.seconds
    var count = 0
    while Self.now < end {
      target.run(mutator.next())
      count += 1
    }
    #expect(count > 0)
  }
}
