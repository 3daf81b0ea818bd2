/// One TCP segment or UDP datagram: plain values, with the payload's place in the bytes that it was read from.
public struct Packet: Hashable, Sendable {
  /// The transport header.
  public enum Header: Hashable, Sendable {
    case tcp(TCPHeader)
    /// UDP has nothing beside ports and lengths (RFC 768); the checksum is kept for display.
    case udp(checksum: UInt16)
  }

  /// Who sent it.
  public let source: Endpoint
  /// To whom.
  public let destination: Endpoint
  /// The IP header that holds the port.
  public let ip: IPHeader
  /// The transport header.
  public let header: Header
  /// Where the captured payload lies in the bytes given to the decoder (or in the reassembled bytes).
  public let payload: Range<Int>
  /// Payload bytes on the wire as the headers say; more than `payload.count` when the capture cut the frame.
  public let payloadLength: Int
  /// What its checksum shows.
  public var checksumState = ChecksumState.unknown
  /// Layers between link and IP, outermost first; empty for plain traffic.
  public let path: [Encapsulation]
  /// Link-layer facts.
  public let link: LinkAddresses

  /// A packet of these values.
  public init(
    source: Endpoint, destination: Endpoint, ip: IPHeader, header: Header, payload: Range<Int>,
    payloadLength: Int, path: [Encapsulation] = [], link: LinkAddresses = LinkAddresses()
  ) {
    self.source = source
    self.destination = destination
    self.ip = ip
    self.header = header
    self.payload = payload
    self.payloadLength = payloadLength
    self.path = path
    self.link = link
  }

  /// Which transport it is.
  public var transport: Transport {
    switch header {
    case .tcp: .tcp
    case .udp: .udp
    }
  }

  /// Whether the capture cut the payload.
  public var isCut: Bool { payloadLength > payload.count }

  /// Whether either port is `port`.
  public func touches(_ port: UInt16) -> Bool {
    source.port == port || destination.port == port
  }
}
