/// Every kind of evidence that a verdict can rest on; the raw value is its stable key in records.
///
/// `F` and `A` items are the features for and against Internet Call Waiting that carry points.
public enum EvidenceItem: String, Hashable, Sendable, CaseIterable {
  // Role of the port.

  /// The client sent the SYN.
  case syn
  /// The server sent a SYN+ACK.
  case synAcknowledgement = "syn-ack"
  /// UDP: the client sent the first datagram of the flow.
  case firstDatagram = "first-datagram"
  /// The receiver is a multicast or broadcast address, so that it can't be a client.
  case group
  /// The recognised protocol's own direction shows the client.
  case protocolDirection = "protocol-direction"
  /// This host, where the capture goes on, listens on the server's port.
  case listener
  /// The same host used a neighbouring port a moment away: it takes its client ports in sequence.
  case siblingPorts = "sibling-ports"
  /// A protocol was recognised and this end has the lower port; `detail` is the port.
  case lowerPort = "lower-port"
  /// Both ends use the port.
  case bothPorts = "both-ports"
  /// Nothing shows who is the client.
  case roleUnknown = "role-unknown"

  // Recognition.

  /// A protocol was recognised; `detail` names the bytes.
  case recognised
  /// Another protocol's recogniser said yes as well; `detail` is its name.
  case runnerUp = "runner-up"
  /// Only one side's bytes speak for the protocol.
  case oneSided = "one-sided"
  /// The client's bytes are those of a known tool; `detail` is its name.
  case tool
  /// A known tool's bytes that nothing answered; `detail` is its name.
  case unansweredProbe = "unanswered-probe"
  /// A single request as an application sends it, with no answer of that application's: it tells what its sender wanted,
  /// not what is on the port; `detail` is the application.
  case loneRequest = "lone-request"
  /// The other side spoke, and not as the application answers that the request asks for.
  case answerOtherwise = "answer-otherwise"
  /// The server's bytes fit none of the protocols that the client's probe asks for.
  case answerUnrecognised = "answer-unrecognised"
  /// All that was said is zeros, as in a capture whose payload was taken out.
  case zeros
  /// The server repeats what it is sent, as the service of RFC 862 does: its answers speak for no protocol.
  case echo
  /// Recognisers that could still say yes; `detail` lists them.
  case undecided
  /// The server contradicts itself from connection to connection: a program that pretends to be many; `detail` is how.
  case spoofer

  // Internet Call Waiting.

  /// A documented ICW protocol was seen in both directions; `detail` is its name.
  case icwExchange = "icw-exchange"
  /// A call was dissected, from the alert to the choice.
  case icwCall = "icw-call"
  /// An end lies in the blocks that the operator knows were KPN's ICW servers; `detail` is the block.
  case icwServer = "icw-server"
  /// The capture was made while the service could exist.
  case captureTime = "capture-time"
  /// ICW tokens count for nothing: nmap's SIPOptions probe.
  case nmapProbe = "nmap-probe"
  /// ICW tokens count for nothing: a SUBSCRIBE without its mandatory body.
  case noBody = "no-body"
  /// ICW tokens count for nothing: the other side did not answer with success.
  case notAnswered = "not-answered"
  /// ICW tokens count for nothing: the body is no SPIRITS document.
  case badDocument = "bad-document"
  /// Signs of ICW that stay below the bar.
  case belowBar = "below-bar"
  /// F1: a SPIRITS document in an answered dialog.
  case spiritsEvent = "F1"
  /// F2: the SPIRITS event header alone.
  case spiritsHeader = "F2"
  /// F3: the shape of PINT call waiting.
  case pintCallWaiting = "F3"
  /// F4: tokens of PINT.
  case pintTokens = "F4"
  /// F5: alerts answered at human speed; `detail` is how many.
  case alertAndAnswer = "F5"
  /// F6: after an answer the whole host went silent.
  case hostSilence = "F6"
  /// F7: long-lived, quiet, kept alive by the client; `detail` is the interval in seconds.
  case keepalive = "F7"
  /// F8: the flow began within seconds of the host's first packets or of PPP coming up.
  case hostStart = "F8"
  /// F9: a PPP link, or the segment size of a dial-up link.
  case dialUpLink = "F9"
  /// F10: Dutch telephone numbers.
  case dutchNumbers = "F10"
  /// F11: caller-ID words beside a number.
  case callerIdentity = "F11"
  /// F12: an end lies in address blocks given as KPN's.
  case operatorAddress = "F12"
  /// F13: the capture time lies in the years of dial-up ICW.
  case era = "F13"
  /// F14: short TLS, then small datagrams at equal intervals between the same hosts.
  case tlsThenDatagrams = "F14"
  /// A1: another protocol was recognised.
  case otherProtocol = "A1"
  /// A2: more throughput than an occupied telephone line carries; `detail` is in bits a second.
  case throughput = "A2"
  /// A3: the capture time lies after the last dial-in number was closed.
  case tooLate = "A3"
  /// A4: media or bulk transfer.
  case mediaOrBulk = "A4"
  /// A5: the port is only the client's.
  case clientPort = "A5"
  /// A6: both ends are private or loopback addresses.
  case privateAddresses = "A6"
  /// A7: IPv6.
  case ipv6 = "A7"
  /// A8: TCP features younger than dial-up; `detail` names the first.
  case modernTCP = "A8"
  /// A9: faster or wider than a modem's link.
  case fastLink = "A9"
  /// A10: many clients with one short request and response each.
  case manyShortClients = "A10"

  // Scans and backscatter.

  /// IP identification 54321 and window 65535 of ZMap's SYN.
  case zmap
  /// Masscan's SYN; its IP identification is computed from destination, port and sequence number.
  case masscan
  /// nmap's raw SYN: window 1024 and the segment size 1460 as its only option.
  case nmapSYN = "nmap-syn"
  /// A set of TCP flags that no stack sends; `detail` lists them.
  case oddFlags = "odd-flags"
  /// SYN, SYN+ACK, RST by a client whose SYN carried at most one option.
  case halfOpenReset = "half-open-reset"
  /// The same bare first packet went to several hosts; `detail` is how many.
  case manyTargets = "many-targets"
  /// Many sources sent the same bare first packet to one host: a flood; `detail` is how many.
  case flood
  /// A SYN+ACK without its SYN.
  case unsolicitedSYNAcknowledgement = "unsolicited-syn-ack"
  /// A RST+ACK with sequence number 0 without the SYN that it refuses.
  case unsolicitedReset = "unsolicited-reset"
  /// An ICMP error about a datagram that is not in the capture; `detail` is type and code.
  case quotedDatagram = "quoted-datagram"
  /// The quoted datagram was this host's own.
  case ownDatagram = "own-datagram"

  // Why nothing more can be said.

  /// A SYN or datagram that nothing answered; `detail` is how often it was sent.
  case unanswered
  /// The SYN was answered by a reset.
  case refused
  /// The client gave the connection up before saying anything.
  case givenUp = "given-up"
  /// The handshake is complete and nobody said anything.
  case silent
  /// The end of something older: a lone ACK, FIN or RST.
  case stray
  /// The capture lost packets while the flow went on: that nothing is there shows nothing.
  case captureLosses = "capture-losses"
  /// One side spoke, the other did not answer.
  case noAnswer = "no-answer"
  /// Bytes in which no protocol known here was recognised.
  case opaque
  /// Payload on the wire of which no byte was captured.
  case uncaptured
  /// ICMP errors about the flow; `detail` is how many.
  case icmpErrors = "icmp-errors"
}
