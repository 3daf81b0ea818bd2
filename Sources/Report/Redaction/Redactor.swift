import Digests
import Identify
public import Packets

/// Takes out of records what would tell a stranger whom they are about: addresses, names, payload. What it replaces it
/// replaces by the same within one run, so that records still belong together, and by something else in the next.
///
/// Records are built anew from the fields that are known to be harmless: counts, lengths, times, ports, states, verdicts
/// and words of closed lists. A field that nobody has thought of stays empty.
public struct Redactor: Sendable {
  private let codes: HMACSHA256

  /// What stands where nothing but its presence may be told.
  static let mark = "(redacted)"

  /// A redactor with a key, 16 bytes or more that nobody else knows.
  public init(key: [UInt8]) { codes = HMACSHA256(key: key) }

  /// Another address of the same kind: two that share their first eight bits or more share as many afterwards, and no more
  /// (the scheme of Crypto-PAn, a keyed hash for its cipher). The first byte stays among those of unicast addresses (IPv4:
  /// 1 to 126, 128 to 223; IPv6: those of 2000::/3), and as it is elsewhere. What every host has stays: unspecified,
  /// 127.0.0.1, ::1, the broadcast address, and the multicast groups of a link (224.0.0.0/24, ff02::/112).
  public func address(_ address: IPAddress) -> IPAddress {
    if address.family == .ipv6, address.unmapped.family == .ipv4 {
      return IPAddress(v6: 0xffff << 32 | self.address(address.unmapped).bits)
    }
    if Self.isEverywhere(address) { return address }
    let count = address.family == .ipv4 ? 4 : 16
    var result: UInt128 = 0
    var known: [UInt8] = [address.family.rawValue]
    for place in 0..<count {
      let byte = UInt8(truncatingIfNeeded: address.bits >> UInt128(8 * (count - 1 - place)))
      let digest = digest("address", known)
      result =
        result << 8
        | UInt128(place == 0 ? first(byte, address.family, digest) : flipped(byte, digest))
      known.append(byte)
    }
    return address.family == .ipv4
      ? IPAddress(v4: UInt32(truncatingIfNeeded: result)) : IPAddress(v6: result)
  }

  /// The first byte: flipped until it is one of a unicast address again, which comes about because flipping is a
  /// permutation; no two first bytes become one.
  private func first(_ byte: UInt8, _ family: IPAddress.Family, _ digest: [UInt8]) -> UInt8 {
    func isUnicast(_ byte: UInt8) -> Bool {
      family == .ipv4 ? (1...223).contains(byte) && byte != 127 : byte >> 5 == 1
    }
    guard isUnicast(byte) else { return byte }
    var result = flipped(byte, digest)
    while !isUnicast(result) { result = flipped(result, digest) }
    return result
  }

  /// Each bit is flipped or not by what stands before it: the digest has a bit for each of the 255 beginnings.
  private func flipped(_ byte: UInt8, _ digest: [UInt8]) -> UInt8 {
    var node = 1
    var result: UInt8 = 0
    for place in stride(from: 7, through: 0, by: -1) {
      let bit = byte >> UInt8(place) & 1
      let flip = digest[node / 8] >> UInt8(node % 8) & 1
      result = result << 1 | (bit ^ flip)
      node = node * 2 + Int(bit)
    }
    return result
  }

  private static func isEverywhere(_ address: IPAddress) -> Bool {
    if address.isUnspecified { return true }
    return address.family == .ipv4
      ? [0x7f00_0001, 0xffff_ffff].contains(address.bits) || address.bits >> 8 == 0xe00000
      : address.bits == 1 || address.bits >> 16 == 0xff02 << 96
  }

  /// The same with the port as it is: ports are what the record is about.
  func endpoint(_ endpoint: Endpoint) -> Endpoint {
    Endpoint(address(endpoint.address), endpoint.port)
  }

  /// Four or sixteen bytes of an address; none of another length.
  func address(_ bytes: [UInt8]) -> [UInt8] {
    guard let known = IPAddress(bytes: bytes) else { return [] }
    let address = address(known)
    return bytes.indices.map {
      UInt8(truncatingIfNeeded: address.bits >> UInt128(8 * (bytes.count - 1 - $0)))
    }
  }

  /// A name that says what it stands for and no more: `host-3f9a1c2e`.
  func name(_ kind: String, _ raw: [UInt8]) -> String {
    kind + "-" + digest(kind, raw).prefix(4).map { Times.hexadecimal($0) }.joined()
  }

  /// The same of text.
  func name(_ kind: String, _ raw: String) -> String { name(kind, Array(raw.utf8)) }

  /// The same as bytes.
  func bytes(_ kind: String, _ raw: [UInt8]) -> [UInt8] { Array(name(kind, raw).utf8) }

  /// A user's number: that of root stays, for it is everywhere the same.
  func user(_ number: UInt32) -> UInt32 {
    guard number != 0 else { return 0 }
    let digest = digest("user number", Array(String(number).utf8))
    return 1_000_000 + (UInt32(digest[0]) << 16 | UInt32(digest[1]) << 8 | UInt32(digest[2]))
  }

  /// A protocol's or a tool's name out of this program's own lists; another for any other.
  func application(_ name: String) -> String {
    Self.known.contains(name) ? name : self.name("application", name)
  }

  /// Names that this program itself gives.
  static let known = Set(
    Recogniser.all.map(\.name) + KnownUsers.rules.map(\.name)
      + ["sip-pint", "spirits", "nmap", "zmap", "masscan"])

  private func digest(_ purpose: String, _ message: [UInt8]) -> [UInt8] {
    codes.code(of: Array(purpose.utf8) + [0] + message)
  }
}
