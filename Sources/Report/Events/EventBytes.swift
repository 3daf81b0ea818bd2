import Packets

/// Numbers written most significant byte first, for events that another run reads again.
struct EventBytes {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ value: UInt8) { bytes.append(value) }

  mutating func put(_ value: Bool) { bytes.append(value ? 1 : 0) }

  mutating func put<Number: FixedWidthInteger>(_ value: Number) {
    for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> Number(shift)))
    }
  }

  mutating func put(_ address: IPAddress) {
    put(address.family.rawValue)
    if address.family == .ipv4 {
      put(UInt32(truncatingIfNeeded: address.bits))
    } else {
      put(address.bits)
    }
  }

  mutating func put(_ endpoint: Endpoint) {
    put(endpoint.address)
    put(endpoint.port)
  }

  /// A number that may be absent.
  mutating func put<Number: FixedWidthInteger>(_ value: Number?) {
    put(value != nil)
    if let value { put(value) }
  }

  mutating func put(_ path: [Encapsulation]) {
    put(UInt8(clamping: path.count))
    for layer in path.prefix(255) {
      let (kind, first, second): (UInt8, UInt32, UInt16) =
        switch layer {
        case .vlan(let tag): (0, UInt32(tag), 0)
        case .mpls(let label): (1, label, 0)
        case .pppoe(let session): (2, UInt32(session), 0)
        case .ppp: (3, 0, 0)
        case .gre: (4, 0, 0)
        case .ip(let version): (5, UInt32(version), 0)
        case .authentication: (6, 0, 0)
        case .erspan(let session): (7, UInt32(session), 0)
        case .vxlan(let network): (8, network, 0)
        case .geneve(let network): (9, network, 0)
        case .gtp(let tunnel): (10, tunnel, 0)
        case .teredo: (11, 0, 0)
        case .l2tp(let tunnel, let session): (12, UInt32(tunnel), session)
        case .outer: (Self.outer, 0, 0)
        }
      put(kind)
      put(first)
      put(second)
      if case .outer(let source, let destination) = layer {
        put(source)
        put(destination)
      }
    }
  }

  /// The layer that has two addresses behind its numbers.
  fileprivate static let outer: UInt8 = 13

  mutating func put(_ payload: [UInt8]) {
    put(UInt32(clamping: payload.count))
    bytes += payload
  }
}

/// Those numbers read again, from a stranger; nil where something does not fit.
struct EventReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether everything was read.
  var isAtEnd: Bool { offset == bytes.count }

  mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) -> Number? {
    let width = Number.bitWidth / 8
    guard bytes.count - offset >= width else { return nil }
    var value: Number = 0
    for index in offset..<offset + width {
      value = width > 1 ? value << 8 : 0
      value |= Number(truncatingIfNeeded: bytes[index])
    }
    offset += width
    return value
  }

  mutating func flag() -> Bool? {
    guard let byte = number(UInt8.self), byte < 2 else { return nil }
    return byte == 1
  }

  mutating func address() -> IPAddress? {
    switch number(UInt8.self) {
    case 4: number(UInt32.self).map { IPAddress(v4: $0) }
    case 6: number(UInt128.self).map { IPAddress(v6: $0) }
    default: nil
    }
  }

  mutating func endpoint() -> Endpoint? {
    guard let address = address(), let port = number(UInt16.self) else { return nil }
    return Endpoint(address, port)
  }

  /// A number that may be absent: nil where the bytes do not fit.
  mutating func optional<Number: FixedWidthInteger>(_: Number.Type = Number.self) -> Number?? {
    guard let isThere = flag() else { return nil }
    guard isThere else { return .some(nil) }
    guard let value = number(Number.self) else { return nil }
    return .some(value)
  }

  mutating func path() -> [Encapsulation]? {
    guard let count = number(UInt8.self) else { return nil }
    var path: [Encapsulation] = []
    for _ in 0..<count {
      guard let kind = number(UInt8.self), let first = number(UInt32.self),
        let second = number(UInt16.self)
      else { return nil }
      if kind == EventBytes.outer {
        guard let source = address(), let destination = address() else { return nil }
        path.append(.outer(source: source, destination: destination))
      } else if let layer = Self.layer(kind, first, second) {
        path.append(layer)
      } else {
        return nil
      }
    }
    return path
  }

  private static func layer(_ kind: UInt8, _ first: UInt32, _ second: UInt16) -> Encapsulation? {
    let short = UInt16(truncatingIfNeeded: first)
    return switch kind {
    case 0: .vlan(short)
    case 1: .mpls(first)
    case 2: .pppoe(session: short)
    case 3: .ppp
    case 4: .gre
    case 5: .ip(version: UInt8(truncatingIfNeeded: first))
    case 6: .authentication
    case 7: .erspan(session: short)
    case 8: .vxlan(first)
    case 9: .geneve(first)
    case 10: .gtp(tunnel: first)
    case 11: .teredo
    case 12: .l2tp(tunnel: short, session: second)
    default: nil
    }
  }

  mutating func payload() -> [UInt8]? {
    guard let count = number(UInt32.self), Int(count) <= bytes.count - offset else { return nil }
    defer { offset += Int(count) }
    return Array(bytes[offset..<offset + Int(count)])
  }
}
