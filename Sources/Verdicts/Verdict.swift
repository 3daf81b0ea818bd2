public import Flows
public import Identify

/// What a flow is, with everything that speaks for and against it.
public struct Verdict: Hashable, Sendable {
  /// The answer.
  public var verdictClass: VerdictClass
  /// Canonical name of the application; nil when none was recognised.
  public var application: String?
  /// Whose port the watched one is.
  public var role: PortRole
  /// The service's port when `role` is `client`.
  public var servicePort: UInt16?
  /// Evidence for and against, most important first.
  public var evidence: [Evidence]
  /// What is missing.
  public var missing: [Missing]
  /// ICW points, FOR minus AGAINST; nil when they were not counted.
  public var points: Int?
  /// The recognition behind `application`.
  public var recognition: Recognition?
  /// Other protocols whose recogniser also said yes.
  public var runnersUp: [String]
  /// A tool that the client is (`nmap`, `zmap`, `masscan`), when its packets or payload show it.
  public var tool: String?

  /// Which of the flow's sides is the client, by whatever shows it; nil when nothing does.
  public var clientSide: Side?

  /// How the server contradicts itself, in words, when it is a program that pretends to be many; nil otherwise.
  public var spoofing: String? { evidence.first { $0.item == .spoofer }?.detail }

  /// A verdict; everything beside the class and the role may be empty.
  public init(
    _ verdictClass: VerdictClass, application: String? = nil, role: PortRole,
    servicePort: UInt16? = nil,
    evidence: [Evidence] = [], missing: [Missing] = [], points: Int? = nil,
    recognition: Recognition? = nil,
    runnersUp: [String] = [], tool: String? = nil
  ) {
    self.verdictClass = verdictClass
    self.application = application
    self.role = role
    self.servicePort = servicePort
    self.evidence = evidence
    self.missing = missing
    self.points = points
    self.recognition = recognition
    self.runnersUp = runnersUp
    self.tool = tool
  }
}
