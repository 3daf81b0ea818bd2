/// One door of the program and what has to hold behind it, whatever comes in.
struct FuzzTarget: Sendable {
  /// What `FUZZ_TARGET` names it by.
  let name: String
  /// Bytes of the longest input that is tried.
  let longest: Int
  /// Inputs to start from.
  let seeds: @Sendable () -> [[UInt8]]
  /// Takes one input in; stops the process where something does not hold.
  let run: @Sendable ([UInt8]) -> Void

  /// Every target.
  static let all = [
    frames, captures, writer, flows, recognisers, calls, spirits, sockets, nftables, xtables, proc,
    hostFiles, trace, rules, records, words, escaping, roles,
  ]
}
