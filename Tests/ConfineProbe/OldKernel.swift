import CSeccomp
import Glibc

/// A kernel that lacks a system call, as far as this process can tell.
enum OldKernel {
  /// Runs the probe anew for analysis where a call answers "not implemented": a filter outlives `execv`, what the library
  /// remembers of the kernel does not. Ends the process when that could not be arranged, as the test would prove nothing.
  static func restart(without name: String) -> Never {
    guard hide(name) else { exit(70) }
    var words = CommandLine.arguments
    words[1] = "analysis"
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
    _ = unsafe execv("/proc/self/exe", &pointers)
    exit(71)
  }

  private static func hide(_ name: String) -> Bool {
    // SCMP_ACT_ALLOW, SCMP_ACT_ERRNO.
    guard let context = unsafe seccomp_init(0x7fff_0000) else { return false }
    defer { unsafe seccomp_release(context) }
    let number = unsafe seccomp_syscall_resolve_name(name)
    let action = 0x0005_0000 | UInt32(ENOSYS)
    return unsafe seccomp_rule_add_array(context, action, number, 0, nil) == 0
      && seccomp_load(context) == 0
  }
}
