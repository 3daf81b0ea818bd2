public import Flows
public import Packets
public import Sockets
public import Verdicts

/// A flow with its verdict and the processes at its ends, as far as they are on this host.
public struct FlowRecord: Sendable {
  /// What a live capture reports of a flow.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// Classified for the first time.
    case start = "flow-start"
    /// The verdict changed.
    case update = "flow-update"
    /// Over.
    case end = "flow-end"
  }

  /// How the processes were found.
  public enum Attribution: String, Hashable, Sendable, CaseIterable {
    /// The kernel named the flow's own socket.
    case exact
    /// The connection is not accepted, or gone: the listener on its port.
    case listener
    /// An unconnected UDP socket on the local port.
    case unconnected
    /// The tables of /proc/net.
    case procNet = "proc-net"
    /// The kernel told who opened the socket, at that moment.
    case event
    /// The capture file names it for packets of the flow: its word.
    case captureFile = "capture-file"

    /// The way that a look-up took; nil when it found nothing.
    public init?(_ method: Ownership.Method) {
      switch method {
      case .exact: self = .exact
      case .listener: self = .listener
      case .unconnected: self = .unconnected
      case .procNet: self = .procNet
      case .event: self = .event
      case .none: return nil
      }
    }
  }

  /// The flow.
  public var flow: Flow
  /// What it is.
  public var verdict: Verdict
  /// Where its packets came from.
  public var origin: Origin
  /// What is reported of it; nil offline, where there is one record a flow.
  public var action: Action?
  /// The client's process; nil when it is elsewhere or unknown.
  public var clientProcess: ProcessIdentity?
  /// The server's process; nil when it is elsewhere or unknown.
  public var serverProcess: ProcessIdentity?
  /// A process that the capture file names for the flow without telling at which end; nil else.
  public var unplacedProcess: ProcessIdentity?
  /// The client's name, when names were asked for and it has one; raw.
  public var clientName: String?
  /// The server's name, when names were asked for and it has one; raw.
  public var serverName: String?
  /// Why an end on this host has no process, the client's first; nil when each has one or none is here.
  public var missingOwner: MissingOwner?
  /// How the client's process was found; nil without one.
  public var clientAttribution: Attribution?
  /// How the server's process was found; nil without one.
  public var serverAttribution: Attribution?

  /// The ends of the same connection in another flow, where addresses were translated between; nil else.
  public var translated: TranslatedFlow?
  /// The rule of the local firewall that ended it; nil where it was not looked for, and where none did for certain.
  public var refusal: FirewallRefusal?

  /// What somebody noted in the capture file about one of the packets.
  public struct Comment: Hashable, Sendable {
    /// The packet's number in the file, from 1.
    public var packet: Int
    /// The comment; raw.
    public var text: [UInt8]

    /// A comment.
    public init(packet: Int, text: [UInt8]) {
      self.packet = packet
      self.text = text
    }
  }

  /// Comments of the capture file, the first of them, in order.
  public var comments: [Comment] = []
  /// Further comments, of which only the number is kept.
  public var commentsNotListed = 0
  /// The interfaces that the capture file names for the packets, the first of them; raw.
  public var interfaces: [[UInt8]] = []

  /// Whether names, addresses and payload were taken out.
  var isRedacted = false
  /// What the payload was like that was taken out.
  var fingerprintWithoutBytes: Fingerprint?

  /// What can be said of payload that is left unnamed; nil without payload, where an application was recognised, and
  /// where a scan or a spoofer explains the bytes.
  public var fingerprint: Fingerprint? {
    if isRedacted { return fingerprintWithoutBytes }
    guard verdict.application == nil, verdict.spoofing == nil,
      ![.scan, .backscatter].contains(verdict.verdictClass)
    else { return nil }
    return Fingerprint(of: flow)
  }

  /// Whether zeros stand for its payload.
  var hasLostPayload: Bool { verdict.missing.contains(.sentPayload) }

  /// Whether nothing shows which of its ends is the client: then the first that was captured stands in its place.
  var areEndsOpen: Bool {
    !flow.knowsClient && verdict.clientSide == nil && [.unknown, .both].contains(verdict.role)
      && ![.scan, .backscatter].contains(verdict.verdictClass)
  }

  /// What stands between its ends: from the client to the server, where that is known.
  var arrow: String { areEndsOpen ? "<>" : ">" }

  /// Its processes, the server's first, each with the name of its end.
  var namedProcesses: [(end: String, process: ProcessIdentity)] {
    let ends =
      areEndsOpen ? ("\(flow.server)", "\(flow.client)") : ("server", "client")
    return [(ends.0, serverProcess), (ends.1, clientProcess)].compactMap { end, process in
      process.map { (end, $0) }
    }
  }

  /// What is said of it in brackets behind its class, escaped; nil where nothing is.
  public var details: String? { FlowWords.details(self) }

  /// The name of a flow in every tool that knows the Community ID scheme (version 1, seed 0).
  public static func communityID(
    _ transport: Transport, _ one: Endpoint, _ other: Endpoint
  ) -> String {
    CommunityID.of(transport, one, other)
  }

  /// Whether a text can be such a name: `1:` and the base64 of 20 bytes.
  public static func isCommunityID(_ text: String) -> Bool {
    let digest = text.utf8.dropFirst(2)
    return text.hasPrefix("1:") && digest.count == 28 && digest.last == UInt8(ascii: "=")
      && digest.dropLast().allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5a).contains($0 & 0xdf)
          || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
      }
  }

  /// A record; everything beside the flow and the verdict may be absent.
  public init(
    flow: Flow, verdict: Verdict, origin: Origin = Origin(), action: Action? = nil,
    clientProcess: ProcessIdentity? = nil, serverProcess: ProcessIdentity? = nil,
    missingOwner: MissingOwner? = nil, clientAttribution: Attribution? = nil,
    serverAttribution: Attribution? = nil
  ) {
    self.flow = flow
    self.verdict = verdict
    self.origin = origin
    self.action = action
    self.clientProcess = clientProcess
    self.serverProcess = serverProcess
    self.missingOwner = missingOwner
    self.clientAttribution = clientAttribution
    self.serverAttribution = serverAttribution
  }
}
