import Packets

/// The extensions of a hello (RFC 8446 section 4.2): a list whose lengths add up.
struct TLSExtensions {
  /// Extensions that are read.
  static let most = 128

  /// Types in the order of the hello.
  private(set) var types: [UInt16] = []
  /// Bodies by type; the first where one is repeated.
  private(set) var bodies: [UInt16: [UInt8]] = [:]

  /// No extension.
  init() {}

  /// The extensions of a whole list; nil when their lengths don't add up.
  ///
  /// With `isCut` the list's end is missing: then what is whole is kept and nothing is held against
  /// the last one.
  init?(_ bytes: [UInt8], isCut: Bool = false) {
    var reader = Reader(bytes.span)
    while reader.remaining > 0, types.count < Self.most {
      guard let type = reader.uint16(), let body = reader.vector16() else {
        if isCut { return }
        return nil
      }
      types.append(type)
      if bodies[type] == nil { bodies[type] = body }
    }
  }

  /// The host of `server_name` (RFC 6066 section 3).
  var serverName: [UInt8]? {
    guard let body = bodies[0] else { return nil }
    var reader = Reader(body.span)
    guard let list = reader.uint16(), Int(list) == reader.remaining, reader.uint8() == 0 else {
      return nil
    }
    return reader.vector16().flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The names of `application_layer_protocol_negotiation` (RFC 7301 section 3.1), or of a server
  /// its choice.
  var protocols: [[UInt8]] {
    guard let body = bodies[16] else { return [] }
    var reader = Reader(body.span)
    guard let list = reader.uint16(), Int(list) == reader.remaining else { return [] }
    var names: [[UInt8]] = []
    while names.count < 32, let name = reader.vector8(), !name.isEmpty { names.append(name) }
    return names
  }

  /// The versions that a client offers in `supported_versions` (RFC 8446 section 4.2.1), without
  /// GREASE.
  var versionsOffered: [TLSVersion] {
    guard let body = bodies[43] else { return [] }
    var reader = Reader(body.span)
    guard let list = reader.uint8(), Int(list) == reader.remaining else { return [] }
    var versions: [TLSVersion] = []
    while let version = reader.uint16() { versions.append(TLSVersion(rawValue: version)) }
    return versions.filter { $0.name != nil }
  }

  /// The version that a server chose in `supported_versions`.
  var versionChosen: TLSVersion? {
    guard let body = bodies[43], body.count == 2 else { return nil }
    return TLSVersion(rawValue: UInt16(body[0]) << 8 | UInt16(body[1]))
  }
}
