import Glibc
import Testing

/// Every door that the fuzzers have, from their seeds, in the ordinary build and without a view of what is covered. What does
/// not hold stops the process, as it stops a fuzzer, and the input is printed. One door at a time: a test that waits for
/// nothing holds a thread that the others wait for.
@Suite(.serialized) struct DoorTests {
  /// Seconds for each door.
  private static let seconds = 3.0

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
    func run(_ bytes: [UInt8]) {
      CurrentInput.note(name, bytes)
      target.run(bytes)
    }
    for seed in seeds where seed.count <= target.longest { run(seed) }
    let number = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    var mutator = Mutator(seeds, longest: target.longest, number: number)
    let end = Self.now + Self.seconds
    var count = 0
    while Self.now < end {
      run(mutator.next())
      count += 1
    }
    print("door \(name): \(seeds.count) seeds, \(count) inputs")
    #expect(count > 0)
  }
}
