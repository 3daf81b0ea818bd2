import Verdicts

extension Words {
  /// What an item of evidence says; its detail, where it has one, follows in parentheses.
  static func of(_ item: EvidenceItem) -> String {
    switch item {
    case .syn: "the client sent the SYN"
    case .synAcknowledgement: "the server sent a SYN+ACK"
    case .firstDatagram: "the client sent the flow's first datagram"
    case .group: "the receiver is a multicast or broadcast address, which can't be a client"
    case .protocolDirection: "the protocol's own direction shows who is the client"
    case .listener: "this host listens on the server's port"
    case .siblingPorts:
      "the same host used a neighbouring port a moment away: client ports in sequence"
    case .lowerPort: "a protocol was recognised and this end has the lower port"
    case .bothPorts: "both ends use the port"
    case .roleUnknown: "nothing shows who is the client"
    case .recognised: "the bytes are those of the protocol"
    case .runnerUp: "another protocol fits as well"
    case .oneSided: "only one side's bytes speak for the protocol"
    case .tool: "the client's bytes are those of a known tool"
    case .unansweredProbe: "a known tool's bytes, and no answer to them was captured"
    case .loneRequest:
      "one request alone tells what its sender wanted, not what is on the port"
    case .answerOtherwise: "what the other side said is no answer of that application's"
    case .answerUnrecognised: "the answer fits none of the protocols that the probe asks for"
    case .zeros: "its payload is zeros alone, as where it was taken out of the capture"
    case .echo: "the server repeats what it is sent, as an echo service does"
    case .spoofer: "its server contradicts itself from connection to connection: a port spoofer"
    case .undecided: "protocols that could still fit"
    default: of(callWaiting: item)
    }
  }

  /// Items that speak for or against Internet Call Waiting.
  private static func of(callWaiting item: EvidenceItem) -> String {
    switch item {
    case .icwExchange: "a documented Internet Call Waiting protocol in both directions"
    case .icwCall: "a call, from the alert to the choice"
    case .icwServer: "an end lies in address blocks that the operator knows were KPN's ICW servers"
    case .captureTime: "captured while the service could exist"
    case .nmapProbe: "its SIP is nmap's probe, which counts for nothing"
    case .noBody: "a SUBSCRIBE without its mandatory body counts for nothing"
    case .notAnswered: "ICW words that the other side did not answer with success count for nothing"
    case .badDocument: "the body is no well-formed SPIRITS document"
    case .belowBar: "signs of Internet Call Waiting, but too few"
    case .spiritsEvent: "a SPIRITS document in an answered dialog (RFC 3910)"
    case .spiritsHeader: "the SPIRITS event header alone"
    case .pintCallWaiting:
      "the shape of PINT call waiting: registrations, an alert, a choice, no media"
    case .pintTokens: "words of RFC 2848 that later SIP lacks"
    case .alertAndAnswer: "alerts answered at human speed"
    case .hostSilence: "after an answer the whole host went silent, as when a modem hangs up"
    case .keepalive: "a long, quiet session that the client keeps alive"
    case .hostStart: "began within seconds of the host's first packets or of PPP coming up"
    case .dialUpLink: "a dial-up link, or its segment size"
    case .dutchNumbers: "Dutch telephone numbers"
    case .callerIdentity: "caller-ID words beside a number"
    case .operatorAddress: "an end lies in address blocks given as KPN's"
    case .era: "captured in the years of dial-up call waiting"
    case .tlsThenDatagrams:
      "short TLS, then small datagrams at equal intervals between the same hosts"
    case .otherProtocol: "another protocol was recognised"
    case .throughput: "more bits a second than an occupied telephone line carries"
    case .tooLate: "captured after KPN closed its last dial-in number (2021-10-01)"
    case .mediaOrBulk: "media or bulk transfer"
    case .clientPort: "the port is only the client's"
    case .privateAddresses: "both ends have private or loopback addresses"
    case .ipv6: "IPv6, over which no Internet Call Waiting is documented"
    case .modernTCP: "TCP features younger than dial-up"
    case .fastLink: "faster or wider than a modem's link"
    case .manyShortClients: "many clients with one short request and answer each"
    default: of(silence: item)
    }
  }

  /// Items of scans, of backscatter, and of flows that say too little.
  private static func of(silence item: EvidenceItem) -> String {
    switch item {
    case .zmap: "ZMap's SYN: IP identification 54321 and window 65535"
    case .masscan:
      "masscan's SYN: its IP identification is computed from addresses and sequence number"
    case .nmapSYN: "nmap's raw SYN: window 1024 and the segment size 1460 as its only option"
    case .oddFlags: "TCP flags that no stack sends"
    case .halfOpenReset: "SYN, SYN+ACK, RST, by a client whose SYN carried at most one option"
    case .manyTargets: "the same bare first packet went to several hosts"
    case .flood: "many sources sent the same bare first packet to one host: a flood"
    case .unsolicitedSYNAcknowledgement: "a SYN+ACK whose SYN is not in the capture"
    case .unsolicitedReset: "a RST+ACK with sequence number 0 whose SYN is not in the capture"
    case .quotedDatagram: "an ICMP error about a datagram that is not in the capture"
    case .ownDatagram: "the quoted datagram was this host's own"
    case .unanswered: "no answer was captured"
    case .refused: "the SYN was answered by a reset"
    case .givenUp: "the client gave up before saying anything"
    case .silent: "the handshake is complete and nobody said anything"
    case .stray: "a lone ACK, FIN or RST: the end of something older"
    case .captureLosses: "the capture lost packets then, so that silence shows nothing"
    case .noAnswer: "one side spoke, and nothing that the other said was captured"
    case .opaque: "bytes in which no protocol known here was recognised"
    case .uncaptured: "payload of which no byte was captured"
    case .icmpErrors: "ICMP errors about the flow"
    default: item.rawValue
    }
  }

  /// Evidence that is not there.
  static func of(_ missing: Missing) -> String {
    switch missing {
    case .start: "the flow's start: the capture began later"
    case .clientDirection: "what the client sent: none of it was captured"
    case .serverDirection: "what the server sent: none of it was captured"
    case .payload: "payload: none was exchanged"
    case .sentPayload: "the payload that was sent: the capture has zeros for it"
    case .wholeFrames: "whole frames: the snapshot length cut them (capture with -s0)"
    case .rightChecksums: "right checksums: packets with wrong ones may not say what was sent"
    case .droppedPackets: "packets that the kernel or the interface dropped while the flow went on"
    case .lostSegments: "segments or fragments that are missing inside the first bytes"
    case .answer: "an answer to the request, which would name the application"
    case .moreMessages: "more messages, which would decide between the protocols that still fit"
    case .plaintext: "the plain text, should these bytes be encrypted or compressed"
    case .otherTraffic: "the two hosts' traffic beside the port"
    case .operatorProof: "addresses known to have been KPN's (--icw-server)"
    case .captureTime: "a capture time that can be trusted"
    case .insideTLS:
      "what is inside this old TLS: ICW in SSL (RFC 2995 section 5) can't be excluded"
    }
  }
}
