import CallWaiting
import Flows
import Identify
import Packets
import Sockets
import Verdicts

extension Redactor {
  /// A flow's record. Layers around it, VLANs and tunnels, tell of the network and are left out.
  public func redact(_ record: FlowRecord) -> FlowRecord {
    if record.isRedacted { return record }
    var redacted = FlowRecord(
      flow: flow(record.flow), verdict: verdict(record.verdict), origin: origin(record.origin),
      action: record.action, clientProcess: record.clientProcess.map(process),
      serverProcess: record.serverProcess.map(process), missingOwner: record.missingOwner,
      clientAttribution: record.clientAttribution, serverAttribution: record.serverAttribution)
    redacted.clientName = record.clientName.map { name("host", $0) }
    redacted.serverName = record.serverName.map { name("host", $0) }
    redacted.unplacedProcess = record.unplacedProcess.map(process)
    redacted.fingerprintWithoutBytes = record.fingerprint?.withoutBytes
    redacted.comments = record.comments.map {
      FlowRecord.Comment(packet: $0.packet, text: bytes("comment", $0.text))
    }
    redacted.translated = record.translated.map {
      TranslatedFlow(client: endpoint($0.client), server: endpoint($0.server))
    }
    redacted.refusal = record.refusal.map {
      FirewallRefusal(isRejected: $0.isRejected, rule: rule($0.rule))
    }
    redacted.commentsNotListed = record.commentsNotListed
    redacted.interfaces = record.interfaces.map { bytes("interface", $0) }
    redacted.isRedacted = true
    return redacted
  }

  /// ICMP errors without their flow.
  public func redact(_ record: OrphanRecord) -> OrphanRecord {
    let old = record.orphan
    var orphan = OrphanError(
      error: error(old.error), first: old.first, packet: old.packet, number: old.number)
    orphan.last = old.last
    orphan.count = old.count
    return OrphanRecord(
      orphan: orphan, verdict: verdict(record.verdict), origin: origin(record.origin),
      action: record.action)
  }

  /// A call: telephone numbers are people.
  public func redact(_ record: CallRecord) -> CallRecord {
    let old = record.call
    var call = Call(carrier: old.carrier, alerted: old.alerted, packet: old.packet)
    call.calling = old.calling.map { name("number", $0) }
    call.callingName = old.callingName.map { name("caller", $0) }
    call.called = old.called.map { name("number", $0) }
    call.forwardedTo = old.forwardedTo.map { name("number", $0) }
    call.choice = old.choice
    call.answerSeconds = old.answerSeconds
    call.outcome = old.outcome
    call.detectionPoint = old.detectionPoint.map { _ in Self.mark }
    call.cause = old.cause.map { _ in Self.mark }
    return CallRecord(call: call, flow: flow(record.flow), origin: origin(record.origin))
  }

  /// Something that went wrong: what the system said of it may name a file.
  public func redact(_ record: ErrorRecord) -> ErrorRecord {
    var redacted = ErrorRecord(
      record.kind, source: record.source.map { bytes("file", $0) }, offset: record.offset,
      time: record.time, member: record.member.map { bytes("file", $0) })
    redacted.isUnpacked = record.isUnpacked
    redacted.size = record.size
    redacted.leftOut = record.leftOut
    return redacted
  }

  /// Counters and where they were counted.
  public func redact(_ record: DropsRecord) -> DropsRecord {
    var redacted = record
    redacted.origin = origin(record.origin)
    return redacted
  }

  /// A file's or a folder's name.
  public func redact(path: [UInt8]) -> [UInt8] { bytes("file", path) }

  /// A host's name.
  public func redact(host: String) -> String { name("host", host) }

  func origin(_ origin: Origin) -> Origin {
    var redacted = Origin(
      file: origin.file.map { bytes("file", $0) }, member: origin.member.map { bytes("file", $0) },
      interface: origin.interface.map { bytes("interface", $0) }, digits: origin.digits)
    redacted.files = origin.files.map {
      Origin.Place(file: bytes("file", $0.file), member: $0.member.map { bytes("file", $0) })
    }
    redacted.filesNotListed = origin.filesNotListed
    return redacted
  }

  private func flow(_ old: Flow) -> Flow {
    var flow = Flow(
      number: old.number, transport: old.transport, client: endpoint(old.client),
      server: endpoint(old.server), ground: old.ground, link: old.link, first: old.first,
      firstPacket: old.firstPacket, state: old.state)
    flow.last = old.last
    flow.firstAnswer = old.firstAnswer
    flow.clientCounters = old.clientCounters
    flow.serverCounters = old.serverCounters
    flow.duplicates = old.duplicates
    flow.icmpErrors = old.icmpErrors
    flow.firstICMPError = old.firstICMPError.map(error)
    flow.end = old.end
    // Who spoke, when and how much; not what.
    flow.conversation.turns = old.conversation.turns.map {
      Turn(side: $0.side, time: $0.time, packet: $0.packet, range: 0..<0, length: $0.length)
    }
    return flow
  }

  func error(_ error: ICMPError) -> ICMPError {
    ICMPError(
      reporter: address(error.reporter), destination: address(error.destination),
      family: error.family, type: error.type, code: error.code, transport: error.transport,
      quotedSource: endpoint(error.quotedSource),
      quotedDestination: endpoint(error.quotedDestination))
  }

  private func verdict(_ old: Verdict) -> Verdict {
    Verdict(
      old.verdictClass, application: old.application.map(application), role: old.role,
      servicePort: old.servicePort, evidence: old.evidence.map(evidence), missing: old.missing,
      points: old.points, recognition: old.recognition.map(recognition),
      runnersUp: old.runnersUp.map(application), tool: old.tool.map(application))
  }

  /// A detail stays when it is a number or a name of this program's own.
  private func evidence(_ old: Evidence) -> Evidence {
    let detail = old.detail.map { detail in
      let isNumber = !detail.isEmpty && detail.utf8.allSatisfy { (0x30...0x39).contains($0) }
      return Self.known.contains(detail) || isNumber && detail.count <= 5 ? detail : Self.mark
    }
    return Evidence(
      old.item, old.weight, points: old.points, detail: detail, packet: old.packet, side: old.side,
      offset: old.offset, length: old.length)
  }

  private func recognition(_ old: Recognition) -> Recognition {
    Recognition(
      application(old.application), old.strength,
      grounds: old.grounds.map { Ground($0.side, $0.offset, $0.length, Self.mark) },
      facts: old.facts.map(fact), refines: old.refines.map(application), clientIs: old.clientIs,
      tool: old.tool.map(application))
  }

  /// A fact stays where it is a word of a closed list, or a short number; else something stands for it.
  private func fact(_ old: Fact) -> Fact {
    let isNumber =
      !old.value.isEmpty && old.value.count <= 4
      && old.value.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    let stays =
      switch old.field {
      case .method, .alpn, .alpnChosen, .upgrade: Self.words.contains(old.value)
      case .answers: Self.isCount(old.value)
      case .certificateSelfIssued: old.value == "yes"
      case .status, .version: isNumber || Self.words.contains(old.value)
      default: false
      }
    if stays { return old }
    let kind = old.field == .serverName ? "host" : old.field.rawValue
    return Fact(old.field, name(kind, old.value))
  }

  /// Whether a text is made of numbers of answers and status codes alone.
  private static func isCount(_ text: String) -> Bool {
    text.trimmingPrefix("at least ").utf8.allSatisfy {
      (0x30...0x39).contains($0) || $0 == 0x20 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "x")
    }
  }

  /// Methods (RFC 9110, RFC 3261, RFC 2326), protocols of ALPN and upgrades, versions of TLS: nobody's own words.
  private static let words: Set<String> = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "INVITE", "ACK",
    "BYE", "CANCEL", "REGISTER", "SUBSCRIBE", "NOTIFY", "REFER", "INFO", "UPDATE", "MESSAGE",
    "DESCRIBE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "h2", "h2c", "h3", "http/1.1", "http/1.0",
    "h2,http/1.1", "websocket", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3", "DTLS 1.0", "DTLS 1.2",
    "SSL 3.0", "QUIC 1", "QUIC 2",
  ]
}
