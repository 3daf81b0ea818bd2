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

  /// The compiled program.
  public var instructions: [BPFInstruction] {
    unsafe UnsafeBufferPointer(start: program.bf_insns, count: Int(program.bf_len)).map {
      BPFInstruction($0)
    }
  }
}
