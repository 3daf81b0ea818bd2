/// What a survey looks at.
public struct SurveyOptions: Hashable, Sendable {
  /// The /proc that is read.
  public var proc: ProcRoot
  /// Whether the holders are looked for; without it every socket's reason is `notLookedFor`.
  public var findsHolders: Bool
  /// Whether other network namespaces are surveyed too, where CAP_SYS_ADMIN is held.
  public var looksIntoOtherNamespaces: Bool
  /// Whether sock_diag is left alone and /proc/net is read.
  public var usesProcNetOnly: Bool
  /// Whether it is told where the holders come from: parents, package, container, rights.
  public var readsProvenance = false
  /// Whether of their parents no more is read than number, name, start and program: all that a line about them shows.
  public var namesParentsOnly = false
  /// Whether the holders' programs are hashed.
  public var hashesExecutables = false
  /// Whether unit files that name the port are looked for.
  public var readsConfiguration = false
  /// Whether firewall rules are read.
  public var readsFirewall = false
  /// The file system in which unit files and the state of container runtimes are read.
  public var root = "/"

  /// Options of these values.
  public init(
    proc: ProcRoot = ProcRoot(), findsHolders: Bool = true, looksIntoOtherNamespaces: Bool = true,
    usesProcNetOnly: Bool = false
  ) {
    self.proc = proc
    self.findsHolders = findsHolders
    self.looksIntoOtherNamespaces = looksIntoOtherNamespaces
    self.usesProcNetOnly = usesProcNetOnly
  }
}
