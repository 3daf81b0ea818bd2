import Testing

/// A way in which IP is carried, on a link or in other IP.
struct FrameShape: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// libpcap's DLT number.
  var linkType: Int32
  /// The IP version inside.
  var version: Int
  /// Whether it can't be told from another way, so that it passes whatever its ports are.
  var isAmbiguous = false
  var wrap: @Sendable ([UInt8]) -> [UInt8]

  private init(
    _ name: String, _ linkType: Int32, _ version: Int,
    _ wrap: @escaping @Sendable ([UInt8]) -> [UInt8]
  ) {
    testDescription = "\(name), IPv\(version)"
    self.linkType = linkType
    self.version = version
    self.wrap = wrap
  }

  private static func type(_ version: Int) -> UInt16 { version == 4 ? 0x0800 : 0x86dd }

  /// Every link that the program knows.
  static let all: [FrameShape] = [4, 6].flatMap { version in
    let type = type(version)
    let ppp: UInt16 = version == 4 ? 0x0021 : 0x0057
    let bytes = FrameBytes.number(ppp)
    var shapes: [FrameShape] = []
    func add(_ name: String, _ link: Int32, _ wrap: @escaping @Sendable ([UInt8]) -> [UInt8]) {
      shapes.append(FrameShape(name, link, version, wrap))
    }
    let tagged: [[UInt16]] =
      [[], [0x8100], [0x88a8], [0x9100], [0x9200], [0x88a8, 0x8100], [0x9100, 0x9100]]
    for tags in tagged {
      let name = tags.map { String($0, radix: 16) }.joined(separator: " ")
      add("Ethernet \(name)", 1) { FrameBytes.ethernet(type, tags: tags, $0) }
      add("cooked \(name)", 113) { FrameBytes.cooked(type, tags: tags, $0) }
      add("cooked 2 \(name)", 276) { FrameBytes.cooked2(type, tags: tags, $0) }
      add("PPPoE \(name)", 1) {
        FrameBytes.ethernet(0x8864, tags: tags, FrameBytes.pppoe(ppp, $0))
      }
      add("MPLS \(name)", 1) { FrameBytes.ethernet(0x8847, tags: tags, FrameBytes.labels(2, $0)) }
      add("SNAP \(name)", 1) { FrameBytes.ethernet(64, tags: tags, FrameBytes.snap(type, $0)) }
    }
    for count in 1...4 {
      add("\(count) labels", 1) { FrameBytes.ethernet(0x8848, FrameBytes.labels(count, $0)) }
      add("\(count) labels, cooked 2", 276) {
        FrameBytes.cooked2(0x8847, FrameBytes.labels(count, $0))
      }
    }
    for first: UInt8 in [0, 2, 0x44, 0x66, 0xfe] {
      for tags in tagged.prefix(3) + tagged.suffix(1) {
        add("pseudowire from \(first), \(tags.count) tags", 1) {
          FrameBytes.ethernet(
            0x8847, FrameBytes.labels(1, FrameBytes.ethernet(type, tags: tags, first: first, $0)))
        }
        // Without a control word, such a hardware address could be one, or the begin of IP.
        shapes[shapes.count - 1].isAmbiguous =
          first < 0x10 && !tags.isEmpty || first == 0x44 || first == 0x66
        add("pseudowire with control word from \(first), \(tags.count) tags", 1) {
          let inner = FrameBytes.ethernet(type, tags: tags, first: first, $0)
          return FrameBytes.ethernet(0x8847, FrameBytes.labels(2, [0, 0, 0, 9] + inner))
        }
      }
    }
    for link: Int32 in [12, 14, 101, version == 4 ? 228 : 229] { add("raw \(link)", link) { $0 } }
    for link: Int32 in [0, 108] {
      add("null \(link)", link) { [2, 0, 0, 0] + $0 }
    }
    for link: Int32 in [9, 50] {
      add("PPP \(link)", link) { bytes + $0 }
      add("framed PPP \(link)", link) { [0xff, 3] + bytes + $0 }
      add("PPP with a direction \(link)", link) { [1, 3] + bytes + $0 }
      add("short PPP \(link)", link) { bytes.suffix(1) + $0 }
      add("framed short PPP \(link)", link) { [0xff, 3] + bytes.suffix(1) + $0 }
      add("MPLS in PPP \(link)", link) { [0x02, 0x81] + FrameBytes.labels(1, $0) }
    }
    return shapes
  }

  /// Every way in which ports stand in IP of this version.
  func packets(_ source: UInt16, _ destination: UInt16, _ transport: UInt8) -> [[UInt8]] {
    let ports = FrameBytes.ports(source, destination)
    let next = transport
    if version == 4 {
      let plain = FrameBytes.ipv4(next, ports)
      return [
        plain, FrameBytes.ipv4(next, options: 40, ports), FrameBytes.ipv4(next, options: 4, ports),
        // The first fragment, and one that may not be fragmented.
        FrameBytes.ipv4(next, fragment: 0x2000, ports),
        FrameBytes.ipv4(next, fragment: 0x4000, ports),
        FrameBytes.ipv4(51, FrameBytes.authentication(next, ports)),
      ]
        + [3, 4, 5, 11, 12].map { FrameBytes.ipv4(1, FrameBytes.message($0, plain)) }
        + [
          FrameBytes.ipv4(
            1, options: 8, FrameBytes.message(3, FrameBytes.ipv4(next, options: 12, ports)))
        ]
    }
    let plain = FrameBytes.ipv6(next, ports)
    let extended = [0, 43, 60, 135, 139, 140].map {
      FrameBytes.ipv6($0, FrameBytes.extended(next, ports))
    }
    let chain = FrameBytes.extended(
      43,
      FrameBytes.extended(
        44, FrameBytes.fragment(51, offset: 0, FrameBytes.authentication(next, ports)), units: 1))
    return [
      plain, FrameBytes.ipv6(44, FrameBytes.fragment(next, offset: 0, ports)),
      FrameBytes.ipv6(51, FrameBytes.authentication(next, ports)), FrameBytes.ipv6(0, chain),
      FrameBytes.ipv6(0, FrameBytes.extended(58, FrameBytes.message(1, plain))),
    ] + extended + (1...4).map { FrameBytes.ipv6(58, FrameBytes.message($0, plain)) }
  }
}
