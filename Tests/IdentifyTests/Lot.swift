import FoundationEssentials

/// How many random cases a property test tries, in parts that run beside each other: few in every run, and as many as its
/// variable says (`make test-all` says a million, in an optimised build). The seed that is printed repeats a run by
/// `ICWSCAN_SEED`.
struct Lot: Sendable {
  /// Parts that run beside each other.
  static let parts = 4

  /// Cases of one part.
  let casesOfPart: Int
  /// Where the first part's generator starts.
  let seed: UInt64

  /// The number of all cases.
  var cases: Int { casesOfPart * Self.parts }

  /// A lot of `usual` cases from `seed` on, or of as many as the environment's `variable` says, from anywhere.
  init(_ variable: String, usual: Int, seed: UInt64) {
    let environment = ProcessInfo.processInfo.environment
    let wanted = environment[variable].flatMap { Int($0) }
    casesOfPart = max(1, (wanted ?? usual) / Self.parts)
    self.seed =
      environment["ICWSCAN_SEED"].flatMap { UInt64($0) }
      ?? (wanted == nil ? seed : UInt64.random(in: 0...UInt64.max))
  }

  /// The generator of one part.
  func generator(of part: Int) -> SplitMix { SplitMix(seed: seed &+ UInt64(part)) }

  /// The most failures that are no failure of a part: `rate` of a million.
  func allowed(perMillion rate: Int) -> Int { casesOfPart * rate / 1_000_000 }
}
