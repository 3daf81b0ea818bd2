/// Where a process comes from and what it may do: read only for processes that hold the port.
public struct Provenance: Hashable, Sendable {
  /// What became of the program's file since the start.
  public enum ExecutableState: String, Hashable, Sendable, CaseIterable {
    /// The file at the path is the one that runs.
    case current
    /// Nothing is at the path any more.
    case deleted
    /// Another file is at the path now.
    case replaced
    /// The path could not be looked at.
    case unknown
  }

  /// What may still be done by system calls (`Seccomp` of /proc/PID/status).
  public enum Seccomp: String, Hashable, Sendable, CaseIterable {
    case off, strict, filter
  }

  /// Parent, its parent and so on up to process 1 or the end of what is visible.
  public var ancestors: [ProcessIdentity] = []
  /// Who or what started it; nil when nothing tells.
  public var origin: ProcessOrigin?
  /// What became of the program's file.
  public var executableState: ExecutableState = .unknown
  /// The script, module or archive that an interpreter runs; nil when the program is none. Raw.
  public var script: InterpretedProgram?
  /// Which package the program's file belongs to.
  public var package: PackageAnswer = .notLookedFor
  /// SHA-256 of the running program's file; nil unless asked for and readable.
  public var executableHash: [UInt8]?
  /// Effective capabilities, bit by number (capabilities(7)).
  public var capabilities: UInt64?
  /// Whether system calls are restricted.
  public var seccomp: Seccomp?
  /// Whether it can gain no rights by executing a program.
  public var hasNoNewPrivileges: Bool?
  /// The user who logged in (audit's `loginuid`); nil when none did or it can't be read.
  public var loginUser: UInt32?
  /// That user's name in /etc/passwd.
  public var loginUserName: String?
  /// `LD_PRELOAD` of the environment at the start; nil when unset or unreadable. Raw.
  public var preload: [UInt8]?
  /// What /etc/ld.so.preload of its root directory names; nil when there is none. Raw.
  public var systemPreload: [UInt8]?
  /// The root directory where it is not `/`. Raw.
  public var root: [UInt8]?
  /// The controlling terminal (`/dev/pts/3`); nil for none.
  public var terminal: String?
  /// Its number in its own PID namespace where that is another one.
  public var namespacePID: Int32?
  /// Whether it is stopped by a signal, and does nothing.
  public var isStopped = false
  /// The path of its control group in the unified hierarchy, else in systemd's; raw.
  public var controlGroup: [UInt8]?
  /// The container that it runs in, by name.
  public var container: ContainerDescription?
  /// Whose published port it forwards, when it is a runtime's forwarder.
  public var forwarder: PortForwarder?

  /// Nothing known.
  public init() {}
}
