/// An ICMP or ICMPv6 error with the datagram that it quotes (RFC 792, RFC 4443 section 3).
public struct ICMPError: Hashable, Sendable {
  /// Who reports the error.
  public let reporter: IPAddress
  /// To whom: the sender of the quoted datagram.
  public let destination: IPAddress
  /// Family of the message: `ipv4` for ICMP, `ipv6` for ICMPv6.
  public let family: IPAddress.Family
  /// The message's type.
  public let type: UInt8
  /// The message's code.
  public let code: UInt8
  /// Transport of the quoted datagram.
  public let transport: Transport
  /// Sender of the quoted datagram.
  public let quotedSource: Endpoint
  /// Receiver of the quoted datagram.
  public let quotedDestination: Endpoint
  /// Layers between link and IP, outermost first.
  public let path: [Encapsulation]

  /// An error of these values.
  public init(
    reporter: IPAddress, destination: IPAddress, family: IPAddress.Family, type: UInt8, code: UInt8,
    transport: Transport, quotedSource: Endpoint, quotedDestination: Endpoint,
    path: [Encapsulation] = []
  ) {
    self.reporter = reporter
    self.destination = destination
    self.family = family
    self.type = type
    self.code = code
    self.transport = transport
    self.quotedSource = quotedSource
    self.quotedDestination = quotedDestination
    self.path = path
  }

  /// Whether the quoted datagram has `port` at either end.
  public func touches(_ port: UInt16) -> Bool {
    quotedSource.port == port || quotedDestination.port == port
  }
}
