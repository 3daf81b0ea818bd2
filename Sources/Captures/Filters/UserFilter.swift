import CPcap

/// The user's filter expression, compiled by libpcap for one link type and run here, a frame at a
/// time.
@safe public final class UserFilter {
  private var program = unsafe bpf_program()

  /// Compiles an expression (pcap-filter(7)) for a DLT.
  ///
  /// - Throws: `CaptureError` with libpcap's message when it is not valid, or not for this link
  /// type.
  public init(_ expression: String, linkType: Int32, snapshotLength: Int = 262_144)
    throws(CaptureError)
  {
    try PcapLibrary.require(for: expression)
    guard let dead = unsafe pcap_open_dead(linkType, Int32(clamping: snapshotLength)) else {
      throw CaptureError(source: expression, failure: .badFilter)
    }
    defer { unsafe pcap_close(dead) }
    guard unsafe pcap_compile(dead, &program, expression, 1, UInt32.max) == 0 else {
      throw CaptureError(
        source: expression, failure: .badFilter, message: unsafe String(cString: pcap_geterr(dead)))
    }
  }

  deinit { unsafe pcap_freecode(&program) }

  /// Whether a frame passes. The corresponding C function is `bpf_filter`.
  public func matches(_ frame: Span<UInt8>, length: Int) -> Bool {
    unsafe frame.withUnsafeBufferPointer { bytes in
      unsafe bpf_filter(
        program.bf_insns, bytes.baseAddress, UInt32(clamping: length), UInt32(bytes.count)) != 0
    }
  }

  /// Whether a frame passes as it is, or as it would be without its VLAN tags: an expression such as `host H` counts its
  /// offsets from an untagged header, and people who type it mean the host, tagged or not.
  ///
  /// Only Ethernet frames are looked at a second time, and only those that have tags.
  public func passes(_ frame: Span<UInt8>, length: Int, linkType: Int32) -> Bool {
    if matches(frame, length: length) { return true }
    var end = 12
    while linkType == DLT_EN10MB, end + 6 <= frame.count, Self.isTag(frame[end], frame[end + 1]) {
      end += 4
    }
    guard end > 12 else { return false }
    var untagged: [UInt8] = []
    untagged.reserveCapacity(frame.count)
    for index in 0..<12 { untagged.append(frame[index]) }
    for index in end..<frame.count { untagged.append(frame[index]) }
    return matches(untagged.span, length: length - (end - 12))
  }

  /// The EtherTypes of IEEE 802.1Q, 802.1ad, and what came before the latter.
  private static func isTag(_ high: UInt8, _ low: UInt8) -> Bool {
    switch UInt16(high) << 8 | UInt16(low) {
    case 0x8100, 0x88a8, 0x9100: true
    default: false
    }
  }

  /// The compiled program.
  public var instructions: [BPFInstruction] {
    unsafe UnsafeBufferPointer(start: program.bf_insns, count: Int(program.bf_len)).map {
      BPFInstruction($0)
    }
  }
}
