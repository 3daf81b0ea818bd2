import CPcap

extension KernelFilter {
  /// The program for a device that may come back as one of another kind: the kernel is asked for its kind with each frame,
  /// since what is left of a capture without rights can't give it another program. Nil where no other kind can follow.
  public static func program(
    followingFrom linkType: Int32, port: UInt16, snapshotLength: Int = 262_144
  ) -> [BPFInstruction]? {
    // A device of a kind that is not listed is one of the kind that it began as.
    let isEthernet = linkType == DLT_EN10MB
    let other = isEthernet ? DLT_RAW : DLT_EN10MB
    let kinds = isEthernet ? HardwareType.bare : HardwareType.ethernet
    guard HardwareType.linkTypes(after: linkType).contains(other),
      let own = program(linkType: linkType, port: port, snapshotLength: snapshotLength),
      let changed = program(linkType: other, port: port, snapshotLength: snapshotLength)
    else { return nil }
    var code = [BPFInstruction(code: loadWord, operand: hardwareType)]
    for (index, kind) in kinds.enumerated() {
      code.append(
        BPFInstruction(
          code: jumpIfEqual, jumpTrue: UInt8(kinds.count - index), operand: UInt32(kind)))
    }
    code.append(BPFInstruction(code: jump, operand: 1))
    code.append(BPFInstruction(code: jump, operand: UInt32(own.count)))
    return code + own + changed
  }

  private static let loadWord = UInt16(BPF_LD | BPF_W | BPF_ABS)
  private static let jumpIfEqual = UInt16(BPF_JMP | BPF_JEQ | BPF_K)
  private static let jump = UInt16(BPF_JMP | BPF_JA)
  /// Where the kind of a frame's device stands: SKF_AD_OFF and SKF_AD_HATYPE of linux/filter.h.
  private static let hardwareType = UInt32(bitPattern: -0x1000 + 28)
}
