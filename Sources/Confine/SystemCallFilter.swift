import CSeccomp
import Glibc

/// A seccomp filter before it is in force. The corresponding C type is `scmp_filter_ctx`.
@safe struct SystemCallFilter: ~Copyable {
  private let context: scmp_filter_ctx

  /// SCMP_ACT_ALLOW, SCMP_ACT_ERRNO.
  private static let allow: UInt32 = 0x7fff_0000
  private static let fail: UInt32 = 0x0005_0000

  /// A filter that allows, or refuses, everything of the machine's own system call table and ends a process that uses
  /// another table. The corresponding C function is `seccomp_init`.
  init(allowsByDefault: Bool = true) throws(SystemFailure) {
    let action = allowsByDefault ? Self.allow : Self.fail | UInt32(EPERM)
    guard let context = unsafe seccomp_init(action) else {
      throw SystemFailure(number: SeccompLibrary.isPresent ? ENOMEM : ELIBACC)
    }
    unsafe self.context = context
    // Absent in an old kernel or library: the layer below is used then, thus no failure. SCMP_ACT_KILL_PROCESS.
    unsafe seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, 0x8000_0000)
    unsafe seccomp_attr_set(context, SCMP_FLTATR_API_SYSRAWRC, 1)
    // The filter is no wall inside the process, so it need not pay for one: kernels from 5.16 do so by themselves.
    unsafe seccomp_attr_set(context, SCMP_FLTATR_CTL_SSB, 1)
  }

  deinit { unsafe seccomp_release(context) }

  /// Makes a system call fail, always or when a comparison holds. A name that the machine does not have is no
  /// failure. The corresponding C function is `seccomp_rule_add_array`.
  func deny(
    _ name: String, when comparison: scmp_arg_cmp? = nil, with error: Int32 = EPERM
  ) throws(SystemFailure) {
    try add(Self.fail | UInt32(error & 0xffff), name, comparison)
  }

  /// Lets a system call pass, always or when a comparison holds. The corresponding C function is
  /// `seccomp_rule_add_array`.
  func allow(_ name: String, when comparison: scmp_arg_cmp? = nil) throws(SystemFailure) {
    try add(Self.allow, name, comparison)
  }

  private func add(
    _ action: UInt32, _ name: String, _ comparison: scmp_arg_cmp?
  ) throws(SystemFailure) {
    let number = unsafe seccomp_syscall_resolve_name(name)
    guard number >= 0 else { return }
    var comparisons = comparison.map { [$0] } ?? []
    let count = UInt32(comparisons.count)
    let result = unsafe comparisons.withUnsafeMutableBufferPointer { pointer in
      unsafe seccomp_rule_add_array(context, action, number, count, pointer.baseAddress)
    }
    guard result == 0 else { throw SystemFailure(number: -result) }
  }

  /// Puts the filter in force, for every thread of the process or the calling one. The corresponding C function is
  /// `seccomp_load`.
  consuming func load(allThreads: Bool = true) throws(SystemFailure) {
    if allThreads {
      let every = unsafe seccomp_attr_set(context, SCMP_FLTATR_CTL_TSYNC, 1)
      guard every == 0 else { throw SystemFailure(number: -every) }
    }
    let result = unsafe seccomp_load(context)
    // A positive result is the thread that could not be reached.
    guard result == 0 else { throw SystemFailure(number: result > 0 ? ESRCH : -result) }
  }
}

extension scmp_arg_cmp {
  /// Holds when an argument is not `value`.
  static func argument(_ index: UInt32, isNot value: UInt64) -> Self {
    Self(arg: index, op: SCMP_CMP_NE, datum_a: value, datum_b: 0)
  }

  /// Holds when an argument is `value`.
  static func argument(_ index: UInt32, is value: UInt64) -> Self {
    Self(arg: index, op: SCMP_CMP_EQ, datum_a: value, datum_b: 0)
  }

  /// Holds when an argument is above `value`.
  static func argument(_ index: UInt32, isAbove value: UInt64) -> Self {
    Self(arg: index, op: SCMP_CMP_GT, datum_a: value, datum_b: 0)
  }

  /// Holds when the bits of `mask` in an argument are `value`.
  static func argument(_ index: UInt32, maskedBy mask: UInt64, is value: UInt64) -> Self {
    Self(arg: index, op: SCMP_CMP_MASKED_EQ, datum_a: mask, datum_b: value)
  }
}
