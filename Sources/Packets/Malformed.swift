/// Why a frame gave no packet: which layer, what was wrong, how many bytes it needed and had.
public struct Malformed: Error, Hashable, Sendable {
  /// The layers that can fail.
  public enum Layer: String, Hashable, Sendable, CaseIterable {
    case link, vlan, mpls, pppoe, ppp, arp, ipv4, ipv6, extensionHeader = "ipv6-extension",
      fragment, gre
    case authentication, tcp, udp, icmp, quoted
  }

  /// What can be wrong with one.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// The capture ends inside the header (the frame was longer on the wire).
    case cut
    /// The frame itself ends inside the header.
    case short
    /// A version field has another value than the layer requires.
    case version
    /// A header length is impossible.
    case headerLength = "header-length"
    /// A total or payload length contradicts the header or the layer around it.
    case length
    /// More layers are nested than are followed.
    case nesting
    /// Fragments overlap, exceed the largest datagram, or disagree.
    case fragments
    /// The layer carries a protocol that is not read here.
    case unknown
    /// The link type is not read here.
    case linkType = "link-type"
    /// Headers are compressed against others that were not seen, or of which some were lost.
    case state = "compression-state"
  }

  /// The layer that failed.
  public let layer: Layer
  /// What was wrong with it.
  public let reason: Reason
  /// Bytes that the layer needed; 0 where the reason is not a length.
  public let needed: Int
  /// Bytes that it had; 0 where the reason is not a length.
  public let had: Int

  /// A failure of `layer`.
  public init(_ layer: Layer, _ reason: Reason, needed: Int = 0, had: Int = 0) {
    self.layer = layer
    self.reason = reason
    self.needed = needed
    self.had = had
  }
}
