import FoundationEssentials

/// How many random cases a property test tries, in parts that run beside each other: few in every run, more with
/// `make test-all`, and as many as its variable says. The seed that is printed repeats a run by `ICWSCAN_SEED`.
struct Lot: Sendable {
  /// Parts that run beside each other.
  static let parts = 4

  /// Cases of one part.
  let casesOfPart: Int
  /// Where the first part's generator starts.
  let seed: UInt64

  /// The number of all cases.
  var cases: Int { casesOfPart * Self.parts }

  /// A lot of `usual` cases, of `long` ones when there is time, or of as many as the environment's `variable` says.
  init(_ variable: String, usual: Int, long: Int, seed: UInt64) {
    let environment = ProcessInfo.processInfo.environment
    let takesItsTime = environment["ICWSCAN_TEST_ALL"] != nil
    let wanted = environment[variable].flatMap { Int($0) } ?? (takesItsTime ? long : usual)
    casesOfPart = max(1, wanted / Self.parts)
    self.seed =
      environment["ICWSCAN_SEED"].flatMap { UInt64($0) }
      ?? (takesItsTime ? UInt64.random(in: 0...UInt64.max) : seed)
  }

  /// The generator of one part.
  func generator(of part: Int) -> SplitMix { SplitMix(seed: seed &+ UInt64(part)) }

  /// The most failures that are no failure of a part: `rate` of a million.
  func allowed(perMillion rate: Int) -> Int { casesOfPart * rate / 1_000_000 }
}
