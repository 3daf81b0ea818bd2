import CLinux

/// The program that the kernel runs over each socket: true when the port is on either side.
///
///     0   source port >= P   else 20
///     8   source port <= P   else 20
///     16  accept
///     20  peer's port >= P   else reject
///     28  peer's port <= P   else reject
///     36  accept
///
/// Comparisons in pairs work on every kernel that has sock_diag; the exact ones came in Linux 5.16. A jump is relative
/// to its own operation; to the end is acceptance, 4 bytes past it is rejection (net/ipv4/inet_diag.c).
enum PortFilter {
  /// The program for `port`.
  static func bytecode(port: UInt16) -> [UInt8] {
    let end = 36
    let reject = end + 4
    var bytes: [UInt8] = []
    compare(INET_DIAG_BC_S_GE, at: 0, else: 20, port, &bytes)
    compare(INET_DIAG_BC_S_LE, at: 8, else: 20, port, &bytes)
    append(INET_DIAG_BC_JMP, yes: 4, no: UInt16(end - 16), &bytes)
    compare(INET_DIAG_BC_D_GE, at: 20, else: reject, port, &bytes)
    compare(INET_DIAG_BC_D_LE, at: 28, else: reject, port, &bytes)
    return bytes
  }

  /// A comparison: the operation, and a second one whose `no` holds the port.
  private static func compare(
    _ code: some BinaryInteger, at offset: Int, else target: Int, _ port: UInt16,
    _ bytes: inout [UInt8]
  ) {
    append(code, yes: 8, no: UInt16(target - offset), &bytes)
    append(INET_DIAG_BC_NOP, yes: 0, no: port, &bytes)
  }

  private static func append(
    _ code: some BinaryInteger, yes: UInt8, no: UInt16, _ bytes: inout [UInt8]
  ) {
    let operation = inet_diag_bc_op(code: UInt8(truncatingIfNeeded: code), yes: yes, no: no)
    KernelBytes.append(operation, to: &bytes)
  }
}
