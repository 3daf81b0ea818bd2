extension FuzzTarget {
  /// All recognisers at once on the same conversation: what is recognised rests on bytes that were said, answered is only
  /// what both sides said, and text and records of it are fit to be shown.
  static let recognisers = FuzzTarget(name: "recognisers", longest: 4_096) {
    Recordings.conversations().map(Talk.seed)
  } run: { bytes in
    Talk(bytes).demandSound()
  }
}
