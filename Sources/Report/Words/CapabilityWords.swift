/// Names of capabilities by number (include/uapi/linux/capability.h), as `capsh` prints them.
enum CapabilityWords {
  private static let names = [
    "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid",
    "setpcap", "linux_immutable", "net_bind_service", "net_broadcast", "net_admin", "net_raw",
    "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct",
    "sys_admin", "sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod",
    "lease", "audit_write", "audit_control", "setfcap", "mac_override", "mac_admin", "syslog",
    "wake_alarm", "block_suspend", "audit_read", "perfmon", "bpf", "checkpoint_restore",
  ]

  /// The capabilities of a set in words: none, all, all but a few, or the list.
  static func of(_ set: UInt64) -> String {
    if set == 0 { return "none" }
    let held = names.indices.filter { set >> UInt64($0) & 1 == 1 }
    let absent = names.indices.filter { set >> UInt64($0) & 1 == 0 }
    if absent.isEmpty { return "all" }
    if absent.count <= 4 {
      return "all but " + absent.map { "cap_" + names[$0] }.joined(separator: ", ")
    }
    var words = held.map { "cap_" + names[$0] }
    // What newer kernels may have added has no name here.
    let unnamed = (set >> UInt64(names.count)).nonzeroBitCount
    if unnamed > 0 { words.append("\(unnamed) more") }
    return words.joined(separator: ", ")
  }
}
