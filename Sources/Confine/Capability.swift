/// A capability that a profile may keep, capabilities(7); the raw value is the kernel's number.
public enum Capability: UInt8, CaseIterable, Sendable {
  /// CAP_CHOWN: gives written files to the user who called sudo.
  case changeOwner = 0
  /// CAP_DAC_OVERRIDE: makes files in a directory of another user.
  case overrideFileRights = 1
  /// CAP_DAC_READ_SEARCH: reads files and directories of every user.
  case readFiles = 2
  /// CAP_KILL: signals the parser, which is another user's.
  case signalProcesses = 5
  /// CAP_NET_ADMIN: listens to process events, keeps a device promiscuous.
  case administerNetwork = 12
  /// CAP_SYS_PTRACE: looks at the descriptors of other users' processes.
  case inspectProcesses = 19
  /// CAP_SYS_ADMIN: enters other network namespaces.
  case administerSystem = 21

  var mask: UInt64 { 1 << UInt64(rawValue) }

  /// CAP_SETGID and CAP_SETUID: what becoming another user needs.
  static let setsUser: UInt64 = 1 << 6 | 1 << 7
}
