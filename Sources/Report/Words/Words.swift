import CallWaiting
import Flows
import Identify
import Sockets
public import Verdicts

/// The words for values that come from a closed list; every case has some, and a test asks for all of them.
public enum Words {
  /// What a report says whose addresses are nobody's.
  static let redaction =
    "Addresses, names and payload are replaced (--redact): alike within this run, otherwise in each"

  /// What a class means, after "is".
  public static func of(_ verdictClass: VerdictClass) -> String {
    switch verdictClass {
    case .genuineKPNICW: "genuine KPN Internet Call Waiting, by proof from outside the packets"
    case .icwFamily: "a documented Internet Call Waiting protocol, operator not established"
    case .consistentWithICW:
      "consistent with Internet Call Waiting; KPN's format is unpublished, so this can't be confirmed"
    case .otherApplication: "another application"
    case .portCoincidence: "a coincidence: the port is only the client's"
    case .scan: "a scan or a flood"
    case .backscatter: "backscatter: answers to somebody else's traffic"
    case .undetermined: "undetermined"
    }
  }

  /// On what grounds somebody is the client.
  static func of(_ ground: ClientGround) -> String {
    switch ground {
    case .syn: "the client sent the SYN"
    case .synAck: "the server sent the SYN+ACK"
    case .firstDatagram: "the client sent the first datagram"
    case .protocolDirection:
      "its protocol's own direction shows the client; the flow's start was missed"
    case .listener: "the flow's start was missed; this host listens on the server's port"
    case .portNumbers: "the flow's start was missed; the port numbers show who is the client"
    case .firstCaptured: "who began is not known; the first captured sender is shown first"
    case .group: "the receiver is a group, which can't be a client"
    }
  }

  /// How far a connection got.
  static func of(_ state: TCPState) -> String {
    switch state {
    case .synSent: "unanswered"
    case .synReceived: "half-open: the handshake is not complete"
    case .established: "established"
    case .closing: "closing"
    case .closed: "closed"
    case .refused: "refused"
    case .reset: "reset"
    case .halfOpenReset: "half-open, reset by the client"
    case .midstream: "begun before the capture"
    }
  }

  /// Why a flow's record was closed.
  static func of(_ end: FlowEnd) -> String {
    switch end {
    case .closed: "the connection was closed or reset"
    case .idle: "silent for longer than the idle timeout"
    case .evicted: "made room for others in a full table"
    case .captureEnd: "the capture ended"
    }
  }

  /// Whose port the watched one is.
  static func of(_ role: PortRole) -> String {
    switch role {
    case .server: "the port is the server's"
    case .client: "the port is the client's"
    case .both: "both ends use the port"
    case .unknown: "whose port it is, is not known"
    }
  }

  /// What was chosen, after "and the subscriber".
  static func of(_ choice: Call.Choice) -> String {
    switch choice {
    case .accept: "accepted it"
    case .reject: "rejected it"
    case .forward: "forwarded it"
    case .voiceMail: "sent it to voice mail"
    case .none: "made no choice"
    }
  }

  /// How a call ended.
  static func of(_ outcome: Call.Outcome) -> String {
    switch outcome {
    case .completed: "completed"
    case .failed: "failed"
    case .abandoned: "the caller hung up first"
    case .unanswered: "never answered"
    case .unknown: "the capture ends before the call does"
    }
  }

  /// A documented protocol.
  static func of(_ carrier: Call.Carrier) -> String {
    switch carrier {
    case .sipPINT: "SIP with PINT (RFC 2995, RFC 2848)"
    case .spirits: "SPIRITS (RFC 3910)"
    }
  }

  /// To which addresses a socket is bound.
  static func of(_ exposure: SocketRecord.Exposure) -> String {
    switch exposure {
    case .everyAddress: "every address"
    case .oneAddress: "one address"
    case .loopback: "loopback"
    }
  }

  /// How a process was found.
  static func of(_ attribution: FlowRecord.Attribution) -> String {
    switch attribution {
    case .exact: "the kernel named the flow's own socket"
    case .listener: "by the listener on the port"
    case .unconnected: "by its unconnected UDP socket"
    case .procNet: "from the tables of /proc/net"
    case .event: "from the kernel's report of the moment when the socket was opened"
    case .captureFile: "named by the capture file; nothing of it was looked at"
    }
  }

  /// How much speaks for a recognition.
  static func of(_ strength: Recognition.Strength) -> String {
    switch strength {
    case .oneSided: "by one side's bytes, of a form that chance does not give"
    case .consistent: "by several messages of one side, or by a protocol that has one direction"
    case .answered: "in both directions, the one answering the other"
    case .proven: "proven, by a checksum, a tag, or a value that the other side chose"
    }
  }

  /// Everything that a survey can be read from.
  static func of(_ source: PortSurvey.Source) -> String {
    switch source {
    case .sockDiag: "netlink sock_diag"
    case .procNet: "/proc/net, because sock_diag is missing"
    }
  }
}

extension Call.Carrier {
  /// Every protocol, for the schema.
  static let known: [Call.Carrier] = [.sipPINT, .spirits]
}

extension Call.Choice {
  /// Every choice, for the schema.
  static let known: [Call.Choice] = [.accept, .reject, .forward, .voiceMail, .none]
}

extension Call.Outcome {
  /// Every outcome, for the schema.
  static let known: [Call.Outcome] = [.completed, .failed, .abandoned, .unanswered, .unknown]
}

extension Evidence.Weight {
  /// Every weight, for the schema.
  static let known: [Evidence.Weight] = [.for, .against, .note]
}
