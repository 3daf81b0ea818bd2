/// Finds the socket units that claim a port.
enum UnitSearch {
  /// Every claim on `port`, the system's first.
  static func claims(port: UInt16, in directories: UnitDirectories) -> [UnitClaim] {
    let isOfInterest = { (file: UnitFile) in file.listens.contains { mayName(port, $0.value) } }
    let digits = Array(String(port).utf8)
    let system = directories.sockets(
      in: UnitDirectories.system, mentioning: digits, where: isOfInterest)
    let user = directories.sockets(
      in: UnitDirectories.user, mentioning: digits, where: isOfInterest)
    return claims(port, system, isUserUnit: false) + claims(port, user, isUserUnit: true)
  }

  /// Whether a value names the port, or could once its specifiers are replaced. A path (`%t/dbus`) never does.
  private static func mayName(_ port: UInt16, _ value: [UInt8]) -> Bool {
    if value.contains(UInt8(ascii: "/")) { return false }
    return value.contains(UInt8(ascii: "%")) || ListenAddress(value)?.port == port
  }

  private static func claims(
    _ port: UInt16, _ units: [UnitDirectories.Found], isUserUnit: Bool
  ) -> [UnitClaim] {
    // A link to another name of the same unit shows as a second unit with the same file.
    var seen: Set<UnitClaim> = []
    var claims: [UnitClaim] = []
    for unit in units {
      guard let parts = UnitName.parts(unit.name) else { continue }
      let accepts = isYes(unit.file.value(of: "Accept", in: "Socket"))
      let service =
        unit.file.value(of: "Service", in: "Socket")
        ?? parts.prefix
        + (accepts ? Array("@".utf8) : parts.instance.map { Array("@".utf8) + $0 } ?? [])
        + Array(".service".utf8)
      for listen in unit.file.listens {
        let transport: SocketEntry.Transport
        switch listen.name {
        case "ListenStream": transport = .tcp
        case "ListenDatagram": transport = .udp
        default: continue
        }
        guard let value = expanded(listen.value, instance: parts.instance),
          let place = ListenAddress(value), place.port == port
        else { continue }
        let claim = UnitClaim(
          unit: unit.name, path: unit.path, transport: transport, address: place.address,
          service: service, acceptsEach: accepts, isEnabled: unit.isEnabled,
          isUserUnit: isUserUnit)
        if seen.insert(claim).inserted { claims.append(claim) }
      }
    }
    return claims
  }

  /// The letters of systemd's specifiers, other than those replaced here (systemd.unit(5)).
  private static let specifiers = Set("aAbBCdDEfgGhHjJlLmMnNopPqsStTuUvVwWyY".utf8)

  /// The value with `%i`, `%I` and `%%` replaced. A device behind `%` (`[fe80::1]:80%eth0`) stays, as in systemd.
  /// Nil when another specifier is in it, whose value is not known here.
  private static func expanded(_ value: [UInt8], instance: [UInt8]?) -> [UInt8]? {
    var result: [UInt8] = []
    var index = 0
    while index < value.count {
      guard value[index] == UInt8(ascii: "%"), index + 1 < value.count else {
        result.append(value[index])
        index += 1
        continue
      }
      switch value[index + 1] {
      case UInt8(ascii: "%"): result.append(UInt8(ascii: "%"))
      case UInt8(ascii: "i"):
        guard let instance, !instance.isEmpty else { return nil }
        result += instance
      case UInt8(ascii: "I"):
        guard let instance, !instance.isEmpty else { return nil }
        result += UnitName.unescaped(instance)
      case let letter where specifiers.contains(letter): return nil
      case let letter: result += [UInt8(ascii: "%"), letter]
      }
      index += 2
    }
    return result
  }

  private static func isYes(_ value: [UInt8]?) -> Bool {
    guard let value else { return false }
    return ["1", "yes", "y", "true", "t", "on"]
      .contains(String(decoding: value, as: UTF8.self).lowercased())
  }
}

extension UnitClaim {
  /// Whether a socket is the one that this unit asks for.
  func isFor(_ socket: SocketEntry) -> Bool {
    guard transport == socket.transport, socket.isListener else { return false }
    if address.isEmpty { return socket.local.isUnspecified }
    return socket.local.unmapped.address == SocketEndpoint.unmapped(address)
  }
}
