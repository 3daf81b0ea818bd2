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
