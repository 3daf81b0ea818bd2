extension FuzzTarget {
  /// Conversations in the shape of the documented ICW protocols (SIP with PINT, SPIRITS): as for the recognisers.
  static let calls = FuzzTarget(name: "calls", longest: 8_192) {
    (Recordings.conversations("icw") + Recordings.conversations("/sip")).map(Talk.seed) + [numbers]
  } run: { bytes in
    Talk(bytes).demandSound()
  }

  /// No protocol that is known: lines with caller-ID words and two Dutch numbers, one of which stands at the very end.
  private static var numbers: [UInt8] {
    let lines = [
      "NMBR 0201234567 caller 0701234567", "called +31201234567", "NMBR 0201234567 0612345678",
    ]
    return lines.enumerated().reduce(into: [2]) { seed, line in
      let bytes = Array(line.element.utf8)
      seed += [line.offset % 2 == 0 ? 0 : 0x80, UInt8(bytes.count)] + bytes
    }
  }
}
