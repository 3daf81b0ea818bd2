/// Why netlink gave no (complete) answer.
enum NetlinkError: Error, Hashable {
  /// A system call failed or the kernel answered with this `errno`.
  case system(Int32)
  /// The socket's buffer overflowed and messages were lost (ENOBUFS).
  case overrun
  /// The answer did not come in time.
  case silent
  /// The answer is not what netlink(7) describes.
  case malformed
}
