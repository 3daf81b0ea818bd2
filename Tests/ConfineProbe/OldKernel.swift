import CSeccomp
import Glibc

/// A kernel that lacks a system call, as far as this process can tell.
enum OldKernel {
  /// From now on the call answers "not implemented"; false when that could not be arranged.
  static func hide(_ name: String) -> Bool {
    // SCMP_ACT_ALLOW, SCMP_ACT_ERRNO.
    guard let context = unsafe seccomp_init(0x7fff_0000) else { return false }
    defer { unsafe seccomp_release(context) }
    let number = unsafe seccomp_syscall_resolve_name(name)
    let action = 0x0005_0000 | UInt32(ENOSYS)
    return unsafe seccomp_rule_add_array(context, action, number, 0, nil) == 0
      && seccomp_load(context) == 0
  }
}
