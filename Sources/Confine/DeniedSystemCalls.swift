/// System calls that neither profile needs, by what they would give to whoever took the process over.
enum DeniedSystemCalls {
  /// Refused whatever their arguments.
  static let always =
    programs + processes + kernel + files + ["socketpair", "listen"]

  private static let programs = ["execve", "execveat", "fork", "vfork", "uselib", "personality"]

  private static let processes = [
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease",
    "kcmp",
    "pidfd_getfd", "tkill", "migrate_pages", "move_pages",
  ]

  private static let kernel = [
    "mount", "umount", "umount2", "mount_setattr", "move_mount", "open_tree", "open_tree_attr",
    "fsopen",
    "fsconfig", "fsmount", "fspick", "pivot_root", "chroot", "unshare", "bpf", "perf_event_open",
    "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module",
    "create_module",
    "add_key", "request_key", "keyctl", "userfaultfd", "fanotify_init", "open_by_handle_at",
    "ioperm",
    "iopl", "modify_ldt", "reboot", "swapon", "swapoff", "acct", "quotactl", "quotactl_fd",
    "syslog",
    "settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "stime", "sethostname",
    "setdomainname",
    "vhangup", "nfsservctl", "io_uring_setup", "io_uring_enter", "io_uring_register",
  ]

  private static let files = [
    "unlink", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "mknod",
    "mknodat", "link", "linkat", "symlink", "symlinkat", "truncate", "chmod", "fchmodat",
    "fchmodat2",
    "chown", "lchown", "fchownat", "utime", "utimes", "utimensat", "futimesat", "setxattr",
    "lsetxattr",
    "fsetxattr", "setxattrat", "removexattr", "lremovexattr", "fremovexattr", "removexattrat",
  ]
}
