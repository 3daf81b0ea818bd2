/// What later stages ask of the IP header that holds the port (RFC 791 section 3.1, RFC 8200 section 3).
public struct IPHeader: Hashable, Sendable {
  /// The family of the addresses.
  public let family: IPAddress.Family
  /// Time to live or hop limit as captured.
  public let hopLimit: UInt8
  /// Type of service or traffic class, all eight bits.
  public let trafficClass: UInt8
  /// IPv4 identification; IPv6's only inside a fragment header; nil without one.
  public let identification: UInt32?
  /// IPv4's "don't fragment" bit; false for IPv6.
  public let dontFragment: Bool
  /// Bytes of the whole datagram, headers included, as the header says.
  public let totalLength: Int
  /// Whether the datagram was put together from fragments.
  public let reassembled: Bool

  /// The facts of one header.
  public init(
    family: IPAddress.Family, hopLimit: UInt8, trafficClass: UInt8 = 0,
    identification: UInt32? = nil,
    dontFragment: Bool = false, totalLength: Int = 0, reassembled: Bool = false
  ) {
    self.family = family
    self.hopLimit = hopLimit
    self.trafficClass = trafficClass
    self.identification = identification
    self.dontFragment = dontFragment
    self.totalLength = totalLength
    self.reassembled = reassembled
  }
}
