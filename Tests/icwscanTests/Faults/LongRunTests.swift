import Glibc
import Testing

/// The whole program on much of what is random: a little of it in every run, all of it with ICWSCAN_TEST_ALL=1.
@Suite(.enabled(if: Place.has("python3"), "python3 is needed")) struct LongRunTests {
  private static let isWhole = unsafe getenv("ICWSCAN_TEST_ALL") != nil
  /// Where others' labelled captures lie.
  private static let corpus = unsafe getenv("ICWSCAN_CORPUS").map { unsafe String(cString: $0) }

  @Test func `Changed captures end it with a status, records and nothing else, in bounded memory`()
    throws
  {
    let folder = try TemporaryFolder()
    var words = ["python3", "\(Place.root)/Tests/mutations", Place.binary]
    words += Self.isWhole ? ["100000", "\(UInt32.random(in: 0...(.max)))"] : ["500", "1"]
    if let corpus = Self.corpus { words.append(corpus + "/hostile") }
    let outcome = try Command.run(words, directory: folder.path, seconds: 3_000)
    print(outcome.output)
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
  }

  @Test(
    .enabled(
      if: isWhole && Namespace.isPermitted,
      "slow: set ICWSCAN_TEST_ALL=1; needs network namespaces (unshare -rn)"))
  func `Hours of traffic leave memory and descriptors as they were and every packet counted`()
    throws
  {
    let outcome = try Command.run(
      ["unshare", "-rn", "python3", "\(Place.root)/Tests/soak", Place.binary, "500000"],
      seconds: 1_800)
    print(outcome.output)
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
  }
}
