import Digests
import Flows
import Packets

/// The Community ID of a flow, version 1 with seed 0: one name for a flow in every tool that knows the scheme
/// (https://github.com/corelight/community-id-spec).
enum CommunityID {
  /// `1:` and the base64 of SHA-1 over seed, addresses, protocol, a zero and ports, the smaller end first.
  static func of(_ transport: Transport, _ one: Endpoint, _ other: Endpoint) -> String {
    let (first, second) = (key(one), key(other))
    let isOrdered = first.lexicographicallyPrecedes(second)
    let (low, high) = isOrdered ? (first, second) : (second, first)
    var bytes: [UInt8] = [0, 0]
    bytes += low.dropLast(2)
    bytes += high.dropLast(2)
    bytes += [transport == .tcp ? 6 : 17, 0]
    bytes += low.suffix(2)
    bytes += high.suffix(2)
    return "1:" + Base64.text(NamingDigest.sha1(bytes.span))
  }

  /// Address and port as they stand on the wire.
  private static func key(_ end: Endpoint) -> [UInt8] {
    let count = end.address.family == .ipv4 ? 4 : 16
    let address = (0..<count).map {
      UInt8(truncatingIfNeeded: end.address.bits >> UInt128(8 * (count - 1 - $0)))
    }
    return address + [UInt8(end.port >> 8), UInt8(end.port & 255)]
  }
}
