import CPcap

/// A program as tcpdump prints it.
public enum BPFListing {
  /// Forms of tcpdump's -d, -dd and -ddd.
  public enum Form: Int, Sendable {
    case assembler = 1
    case cArray, numbers
  }

  /// The program's lines. The corresponding C function is `bpf_image`.
  ///
  /// - Throws: `CaptureError` where libpcap, which has the assembler's words, can't be loaded.
  public static func lines(
    _ program: [BPFInstruction], _ form: Form
  ) throws(CaptureError) -> [String] {
    switch form {
    case .assembler:
      try PcapLibrary.require(for: "-d")
      return program.enumerated().map { index, instruction in
        var kernel = instruction.kernel
        return unsafe String(cString: bpf_image(&kernel, Int32(index)))
      }
    case .cArray:
      return program.map {
        "{ 0x\(String($0.code, radix: 16)), \($0.jumpTrue), \($0.jumpFalse), 0x\(hexadecimal($0.operand)) },"
      }
    case .numbers:
      return ["\(program.count)"]
        + program.map { "\($0.code) \($0.jumpTrue) \($0.jumpFalse) \($0.operand)" }
    }
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
