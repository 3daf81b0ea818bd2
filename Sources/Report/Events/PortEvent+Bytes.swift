import Packets

extension PortEvent {
  /// The layout of the bytes; a reader refuses any other.
  private static let layout: UInt8 = 3
  /// The longest payload that is read: more than IP and the cards that put segments together give.
  private static let longestPayload = 1_048_576

  /// The event for a run that reads it again. A payload that is not kept leaves its length.
  public func bytes(keepsPayload: Bool) -> [UInt8] {
    var out = EventBytes()
    out.put(Self.layout)
    out.put(time.nanoseconds)
    out.put(Int64(number))
    out.put(Int64(interface))
    out.put(UInt32(clamping: wireLength))
    out.put(UInt8(LinkType.allCases.firstIndex(of: link) ?? 0))
    switch content {
    case .packet(let packet, payload: let payload):
      out.put(UInt8(0))
      Self.put(packet, into: &out)
      out.put(UInt32(clamping: payload.count))
      out.put(keepsPayload ? payload : [])
    case .error(let error):
      out.put(UInt8(1))
      Self.put(error, into: &out)
    }
    out.put(claim != nil)
    claim?.put(into: &out)
    out.put(remarks != nil)
    remarks?.put(into: &out)
    return out.bytes
  }

  private static func put(_ packet: Packet, into out: inout EventBytes) {
    out.put(packet.source)
    out.put(packet.destination)
    out.put(packet.ip.hopLimit)
    out.put(packet.ip.trafficClass)
    out.put(packet.ip.identification)
    out.put(packet.ip.dontFragment)
    out.put(UInt32(clamping: packet.ip.totalLength))
    out.put(packet.ip.reassembled)
    out.put(packet.path)
    out.put(UInt32(clamping: packet.payloadLength))
    out.put(packet.checksumState.rawValue)
    switch packet.header {
    case .udp(let checksum):
      out.put(UInt8(17))
      out.put(checksum)
    case .tcp(let header):
      out.put(UInt8(6))
      out.put(header.sequence)
      out.put(header.acknowledgement)
      out.put(header.flags.rawValue)
      out.put(header.window)
      out.put(header.urgent)
      out.put(header.checksum)
      let options = header.options
      out.put(UInt8(clamping: options.count))
      out.put(options.maximumSegmentSize)
      out.put(options.windowScale)
      out.put(options.selectiveAcknowledgementPermitted)
      out.put(options.timestamps?.value)
      out.put(options.timestamps?.echo)
      out.put(options.fastOpen)
      out.put(options.multipath)
      out.put(options.kinds)
      out.put(options.malformed)
    }
  }

  private static func put(_ error: ICMPError, into out: inout EventBytes) {
    out.put(error.reporter)
    out.put(error.destination)
    out.put(error.family.rawValue)
    out.put(error.type)
    out.put(error.code)
    out.put(UInt8(error.transport == .tcp ? 6 : 17))
    out.put(error.quotedSource)
    out.put(error.quotedDestination)
    out.put(error.path)
  }

  /// The event that these bytes tell; nil when they are none of this layout, or not whole.
  public init?(bytes: [UInt8]) {
    var reader = EventReader(bytes)
    guard reader.number(UInt8.self) == Self.layout, let time = reader.number(Int64.self),
      let number = reader.number(Int64.self), let interface = reader.number(Int64.self),
      let wireLength = reader.number(UInt32.self), let link = reader.number(UInt8.self),
      LinkType.allCases.indices.contains(Int(link)), let kind = reader.number(UInt8.self),
      let content = kind == 0
        ? Self.packet(&reader) : kind == 1 ? Self.error(&reader) : nil,
      let hasClaim = reader.flag()
    else { return nil }
    let claim = hasClaim ? ProcessClaim(&reader) : nil
    guard !hasClaim || claim != nil, let hasRemarks = reader.flag() else { return nil }
    let remarks = hasRemarks ? FrameRemarks(&reader) : nil
    guard reader.isAtEnd, !hasRemarks || remarks != nil else { return nil }
    self.init(
      content: content, time: Timestamp(nanoseconds: time), number: Int(number),
      link: LinkType.allCases[Int(link)], wireLength: Int(wireLength), interface: Int(interface))
    self.claim = claim
    self.remarks = remarks
  }

  private static func packet(_ reader: inout EventReader) -> Content? {
    guard let source = reader.endpoint(), let destination = reader.endpoint(),
      source.address.family == destination.address.family,
      let hopLimit = reader.number(UInt8.self), let trafficClass = reader.number(UInt8.self),
      let identification = reader.optional(UInt32.self), let dontFragment = reader.flag(),
      let totalLength = reader.number(UInt32.self), let reassembled = reader.flag(),
      let path = reader.path(), let length = reader.number(UInt32.self),
      let state = reader.number(UInt8.self).flatMap(ChecksumState.init(rawValue:)),
      let header = header(&reader), let captured = reader.number(UInt32.self),
      captured <= longestPayload, var payload = reader.payload(),
      payload.isEmpty || payload.count == Int(captured)
    else { return nil }
    // What was not kept lies beyond what any flow keeps; only its length counts.
    if payload.isEmpty { payload = [UInt8](repeating: 0, count: Int(captured)) }
    let ip = IPHeader(
      family: source.address.family, hopLimit: hopLimit, trafficClass: trafficClass,
      identification: identification, dontFragment: dontFragment, totalLength: Int(totalLength),
      reassembled: reassembled)
    var packet = Packet(
      source: source, destination: destination, ip: ip, header: header,
      payload: 0..<payload.count, payloadLength: Int(length), path: path)
    packet.checksumState = state
    return .packet(packet, payload: payload)
  }

  private static func header(_ reader: inout EventReader) -> Packet.Header? {
    switch reader.number(UInt8.self) {
    case 17: return reader.number(UInt16.self).map { .udp(checksum: $0) }
    case 6: break
    default: return nil
    }
    guard let sequence = reader.number(UInt32.self),
      let acknowledgement = reader.number(UInt32.self),
      let flags = reader.number(UInt16.self), let window = reader.number(UInt16.self),
      let urgent = reader.number(UInt16.self), let checksum = reader.number(UInt16.self),
      let options = options(&reader)
    else { return nil }
    return .tcp(
      TCPHeader(
        sequence: sequence, acknowledgement: acknowledgement, flags: TCPFlags(rawValue: flags),
        window: window, urgent: urgent, checksum: checksum, options: options))
  }

  private static func options(_ reader: inout EventReader) -> TCPOptions? {
    guard let count = reader.number(UInt8.self), let size = reader.optional(UInt16.self),
      let scale = reader.optional(UInt8.self), let selective = reader.flag(),
      let value = reader.optional(UInt32.self), let echo = reader.optional(UInt32.self),
      let fastOpen = reader.flag(), let multipath = reader.flag(),
      let kinds = reader.number(UInt64.self), let malformed = reader.flag()
    else { return nil }
    var options = TCPOptions()
    options.count = Int(count)
    options.maximumSegmentSize = size
    options.windowScale = scale
    options.selectiveAcknowledgementPermitted = selective
    if let value, let echo { options.timestamps = TCPOptions.Timestamps(value: value, echo: echo) }
    options.fastOpen = fastOpen
    options.multipath = multipath
    options.kinds = kinds
    options.malformed = malformed
    return options
  }

  private static func error(_ reader: inout EventReader) -> Content? {
    guard let reporter = reader.address(), let destination = reader.address(),
      let family = reader.number(UInt8.self).flatMap(IPAddress.Family.init(rawValue:)),
      let type = reader.number(UInt8.self), let code = reader.number(UInt8.self),
      let transport = reader.number(UInt8.self), transport == 6 || transport == 17,
      let source = reader.endpoint(), let target = reader.endpoint(), let path = reader.path()
    else { return nil }
    return .error(
      ICMPError(
        reporter: reporter, destination: destination, family: family, type: type, code: code,
        transport: transport == 6 ? .tcp : .udp, quotedSource: source, quotedDestination: target,
        path: path))
  }
}
