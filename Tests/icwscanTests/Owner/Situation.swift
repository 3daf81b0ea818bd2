import Testing

/// A situation, and what must be said of it beside who holds what.
struct Situation: Sendable, CustomTestStringConvertible {
  /// In a few words.
  var name: String
  /// The script behind `Stage.prelude`; it ends in `ready(...)`.
  var script: String
  /// States that must occur.
  var states: Set<String> = []
  /// Reasons that must occur for sockets without a process, by state.
  var reasons: [String: String] = [:]
  /// Whether ss sees the same holders; it does not look at threads nor at io_uring.
  var comparesHolders = true
  /// Whether lsof knows such sockets; it has never heard of Multipath TCP.
  var isKnownToLsof = true

  var testDescription: String { name }
}
