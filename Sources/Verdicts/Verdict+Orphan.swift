public import Flows
import Packets

extension Verdict {
  /// What an ICMP error is that quotes a datagram which is not in the capture.
  ///
  /// - Parameters:
  ///   - orphan: The error, with the datagram that it quotes.
  ///   - context: The watched port.
  ///   - isOwnSending: Whether this host sent the quoted datagram (its source is an address of this host), so that
  ///     the error is no echo of somebody else's traffic.
  public init(of orphan: OrphanError, context: VerdictContext, isOwnSending: Bool) {
    let error = orphan.error
    let asked = error.quotedDestination.port == context.port
    let asking = error.quotedSource.port == context.port
    // The quoted datagram may be a request or an answer: its source alone does not make a client.
    let role: PortRole =
      asked && asking ? .both : asked && error.transport == .udp ? .server : .unknown
    let quoted = Evidence(
      .quotedDatagram, isOwnSending ? .note : .for, detail: "\(error.type)/\(error.code)",
      packet: orphan.packet)
    guard isOwnSending else {
      self.init(.backscatter, role: role, evidence: [quoted], missing: [.start])
      return
    }
    self.init(
      .undetermined, role: role, evidence: [Evidence(.ownDatagram, .note), quoted],
      missing: [.start, .payload])
  }
}
