extension FuzzTarget {
  /// Conversations in the shape of the documented ICW protocols (SIP with PINT, SPIRITS): as for the recognisers.
  static let calls = FuzzTarget(name: "calls", longest: 8_192) {
    (Recordings.conversations("icw") + Recordings.conversations("/sip")).map(Talk.seed)
  } run: { bytes in
    Talk(bytes).demandSound()
  }
}
