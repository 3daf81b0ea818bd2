import CPcap

/// One instruction of a classic BPF program (linux/filter.h).
public struct BPFInstruction: Hashable, Sendable {
  /// Operation and addressing mode.
  public var code: UInt16
  /// Instructions to pass when a comparison holds.
  public var jumpTrue: UInt8
  /// Instructions to pass when it does not.
  public var jumpFalse: UInt8
  /// The operand.
  public var operand: UInt32

  /// An instruction of these values.
  public init(code: UInt16, jumpTrue: UInt8 = 0, jumpFalse: UInt8 = 0, operand: UInt32 = 0) {
    self.code = code
    self.jumpTrue = jumpTrue
    self.jumpFalse = jumpFalse
    self.operand = operand
  }

  var kernel: bpf_insn { bpf_insn(code: code, jt: jumpTrue, jf: jumpFalse, k: operand) }

  init(_ kernel: bpf_insn) {
    self.init(code: kernel.code, jumpTrue: kernel.jt, jumpFalse: kernel.jf, operand: kernel.k)
  }
}
