import Packets
public import Sockets

/// What the parser may ask of the helper: the whole of it. A request has a fixed size, and each of its fields is checked:
/// whatever else comes is none, and shows that somebody has taken the parser over.
public enum ParserRequest: Hashable, Sendable {
  /// Who is at an end of a flow; the answer names the number.
  case owner(number: UInt64, AttributionRequest, mayBeListeners: Bool)
  /// Whether an address of 4 or 16 bytes is this host's own.
  case own(number: UInt64, address: [UInt8])
  /// The next file of a capture that rotates: the present one is full, or its time is over.
  case nextFile
  /// The file of `-w` anew: the user has moved the old one away.
  case sameFile
  /// The file of standard output anew (`--output`), for the same reason.
  case sameData
  /// Keep the packet socket that comes with this request: the device with this place on the command line. Each place
  /// is taken once, before rights are given up.
  case device(UInt16, isPromiscuous: Bool)

  /// Bytes of every request.
  static let size = 64

  private enum Kind: UInt8 {
    case owner = 1
    case own, nextFile, sameFile, sameData, device
  }

  private static let isOpener: UInt8 = 1
  private static let mayBeListeners: UInt8 = 2
  private static let asksForListener: UInt8 = 4
  private static let asksForFirewall: UInt8 = 8
  private static let addressRoom = 16

  /// The request as it is sent.
  var bytes: [UInt8] {
    var out = MessageBytes()
    switch self {
    case .owner(let number, let request, let mayBeListeners):
      out.put(Kind.owner.rawValue)
      out.put(UInt8(request.transport == .tcp ? 6 : 17))
      out.put(UInt8(clamping: request.local.address.count))
      out.put(
        (request.isOpener ? Self.isOpener : 0) | (mayBeListeners ? Self.mayBeListeners : 0)
          | (request.asksForListener ? Self.asksForListener : 0)
          | (request.asksForFirewall ? Self.asksForFirewall : 0))
      out.put(request.local.port)
      out.put(request.peer.port)
      out.put(number)
      out.put(request.time)
      out.put(request.local.address, filledTo: Self.addressRoom)
      out.put(request.peer.address, filledTo: Self.addressRoom)
    case .own(let number, let address):
      out.put(Kind.own.rawValue)
      out.put(UInt8(0))
      out.put(UInt8(clamping: address.count))
      out.put([], filledTo: 5)
      out.put(number)
      out.put(UInt64(0))
      out.put(address, filledTo: Self.addressRoom)
    case .nextFile: out.put(Kind.nextFile.rawValue)
    case .sameFile: out.put(Kind.sameFile.rawValue)
    case .sameData: out.put(Kind.sameData.rawValue)
    case .device(let place, let isPromiscuous):
      out.put(Kind.device.rawValue)
      out.put(UInt8(isPromiscuous ? 1 : 0))
      out.put(place)
    }
    out.put([], filledTo: Self.size - out.bytes.count)
    return out.bytes
  }

  /// The request of these bytes; nil for anything that no sound parser sends.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.size, let request = Self.decoded(bytes),
      // One spelling each: what was not looked at is zero.
      request.bytes == bytes
    else { return nil }
    self = request
  }

  private static func decoded(_ bytes: [UInt8]) -> ParserRequest? {
    var reader = Reader(bytes.span)
    guard let kind = reader.uint8().flatMap({ Kind(rawValue: $0) }) else { return nil }
    switch kind {
    case .nextFile: return .nextFile
    case .sameFile: return .sameFile
    case .sameData: return .sameData
    case .device:
      guard let isPromiscuous = reader.flag(), let place = reader.uint16() else { return nil }
      return .device(place, isPromiscuous: isPromiscuous)
    case .owner: return owner(&reader)
    case .own:
      guard reader.skip(1), let length = reader.uint8(), length == 4 || length == 16,
        reader.skip(5), let number = reader.uint64(), reader.skip(8),
        let address = reader.copy(Int(length))
      else { return nil }
      return .own(number: number, address: address)
    }
  }

  private static func owner(_ reader: inout Reader) -> ParserRequest? {
    guard let transport = reader.uint8(), transport == 6 || transport == 17,
      let length = reader.uint8(), length == 4 || length == 16, let flags = reader.uint8(),
      flags & ~(isOpener | mayBeListeners | asksForListener | asksForFirewall) == 0,
      let localPort = reader.uint16(),
      let peerPort = reader.uint16(), let number = reader.uint64(),
      let time = reader.uint64(), time < UInt64(Int64.max),
      let local = address(&reader, Int(length)), let peer = address(&reader, Int(length))
    else { return nil }
    var request = AttributionRequest(
      transport: transport == 6 ? .tcp : .udp,
      local: SocketEndpoint(address: local, port: localPort),
      peer: SocketEndpoint(address: peer, port: peerPort), time: Int64(time),
      isOpener: flags & isOpener != 0, asksForListener: flags & asksForListener != 0)
    request.asksForFirewall = flags & asksForFirewall != 0
    return .owner(number: number, request, mayBeListeners: flags & mayBeListeners != 0)
  }

  private static func address(_ reader: inout Reader, _ length: Int) -> [UInt8]? {
    guard let field = reader.copy(addressRoom) else { return nil }
    return Array(field[..<length])
  }
}
