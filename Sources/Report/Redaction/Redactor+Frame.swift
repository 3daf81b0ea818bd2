public import Packets

extension Redactor {
  /// How redacted frames begin: with an IP header (DLT_RAW).
  public static let linkType: Int32 = 12
  /// The most that an IP packet can hold.
  private static let longest = 65_535

  /// What a frame held, made anew.
  public func frame(_ content: PacketRecord.Content) -> [UInt8] {
    switch content {
    case .packet(let packet): frame(packet)
    case .error(let error): frame(error)
    }
  }

  /// What an event tells, made anew.
  public func frame(_ content: PortEvent.Content) -> [UInt8] {
    switch content {
    case .packet(let packet, payload: _): frame(packet)
    case .error(let error): frame(error)
    }
  }

  /// A packet made anew from its decoded headers: other addresses, the same ports, flags, numbers and lengths, zeros for
  /// payload, and right checksums. Link layers and tunnels are gone, and of TCP's options all but segment size, window
  /// scale and the permission of selective acknowledgement.
  public func frame(_ packet: Packet) -> [UInt8] {
    var header: [UInt8] = []
    Self.put(packet.source.port, &header)
    Self.put(packet.destination.port, &header)
    let headers = packet.ip.family == .ipv4 ? 20 : 0
    let ends = (address(packet.source.address), address(packet.destination.address))
    let number: UInt8
    let checksum: Int
    var segment: [UInt8]
    switch packet.header {
    case .tcp(let tcp):
      let options = Self.options(tcp.options)
      Self.put(UInt16(truncatingIfNeeded: tcp.sequence >> 16), &header)
      Self.put(UInt16(truncatingIfNeeded: tcp.sequence), &header)
      Self.put(UInt16(truncatingIfNeeded: tcp.acknowledgement >> 16), &header)
      Self.put(UInt16(truncatingIfNeeded: tcp.acknowledgement), &header)
      let words = UInt16(5 + options.count / 4)
      Self.put(words << 12 | tcp.flags.rawValue & 0x1ff, &header)
      Self.put(tcp.window, &header)
      Self.put(0, &header)
      Self.put(tcp.urgent, &header)
      (number, checksum) = (6, 16)
      segment = header + options
      segment += Self.zeros(packet.payloadLength, most: Self.longest - headers - segment.count)
    case .udp:
      let payload = Self.zeros(packet.payloadLength, most: Self.longest - headers - 8)
      Self.put(UInt16(clamping: 8 + payload.count), &header)
      Self.put(0, &header)
      (number, checksum) = (17, 6)
      segment = header + payload
    }
    Self.sum(&segment, number, ends, at: checksum)
    // A sum of zero means none in UDP (RFC 768).
    if number == 17, segment[6] == 0, segment[7] == 0 {
      segment.replaceSubrange(6..<8, with: [255, 255])
    }
    return Self.datagram(packet.ip, number, ends, segment)
  }

  /// An ICMP error made anew, with the ends that it quotes and nothing else of the quotation.
  public func frame(_ error: ICMPError) -> [UInt8] {
    let ip = IPHeader(family: error.family, hopLimit: 64)
    let quoted = (address(error.quotedSource.address), address(error.quotedDestination.address))
    var inner: [UInt8] = []
    Self.put(error.quotedSource.port, &inner)
    Self.put(error.quotedDestination.port, &inner)
    inner += error.transport == .udp ? [0, 8, 0, 0] : [0, 0, 0, 0]
    var message = [error.type, error.code, 0, 0, 0, 0, 0, 0]
    message += Self.datagram(ip, error.transport == .tcp ? 6 : 17, quoted, inner)
    let ends = (address(error.reporter), address(error.destination))
    let number: UInt8 = error.family == .ipv4 ? 1 : 58
    // ICMP sums no pseudo-header, ICMPv6 does (RFC 792, RFC 4443 section 2.3).
    if number == 1 {
      let sum = Checksum.sum(message, seed: 0)
      message.replaceSubrange(2..<4, with: [UInt8(sum >> 8), UInt8(sum & 255)])
    } else {
      Self.sum(&message, number, ends, at: 2)
    }
    return Self.datagram(ip, number, ends, message)
  }

  private static func put(_ number: UInt16, _ bytes: inout [UInt8]) {
    bytes += [UInt8(number >> 8), UInt8(number & 255)]
  }

  private static func zeros(_ count: Int, most: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: min(max(count, 0), most))
  }

  private static func options(_ options: TCPOptions) -> [UInt8] {
    var bytes: [UInt8] = []
    if let size = options.maximumSegmentSize {
      bytes += [2, 4]
      put(size, &bytes)
    }
    if options.selectiveAcknowledgementPermitted { bytes += [4, 2, 1, 1] }
    if let scale = options.windowScale { bytes += [3, 3, scale, 1] }
    return bytes
  }

  private static func wire(_ address: IPAddress) -> [UInt8] {
    let count = address.family == .ipv4 ? 4 : 16
    return (0..<count).map {
      UInt8(truncatingIfNeeded: address.bits >> UInt128(8 * (count - 1 - $0)))
    }
  }

  /// Puts the checksum over pseudo-header and segment into its place.
  private static func sum(
    _ segment: inout [UInt8], _ number: UInt8, _ ends: (IPAddress, IPAddress), at place: Int
  ) {
    var words = wire(ends.0) + wire(ends.1)
    words += segment
    let sum = Checksum.sum(words, seed: UInt64(number) + UInt64(segment.count))
    segment.replaceSubrange(place..<place + 2, with: [UInt8(sum >> 8), UInt8(sum & 255)])
  }

  /// The IP header in front of what it carries (RFC 791 section 3.1, RFC 8200 section 3).
  private static func datagram(
    _ ip: IPHeader, _ number: UInt8, _ ends: (IPAddress, IPAddress), _ content: [UInt8]
  ) -> [UInt8] {
    var header: [UInt8]
    if ip.family == .ipv4 {
      header = [0x45, ip.trafficClass]
      put(UInt16(clamping: 20 + content.count), &header)
      put(UInt16(truncatingIfNeeded: ip.identification ?? 0), &header)
      header += [ip.dontFragment ? 0x40 : 0, 0, ip.hopLimit, number, 0, 0]
      header += wire(ends.0) + wire(ends.1)
      let sum = Checksum.sum(header, seed: 0)
      header.replaceSubrange(10..<12, with: [UInt8(sum >> 8), UInt8(sum & 255)])
    } else {
      header = [0x60 | ip.trafficClass >> 4, ip.trafficClass << 4, 0, 0]
      put(UInt16(clamping: content.count), &header)
      header += [number, ip.hopLimit] + wire(ends.0) + wire(ends.1)
    }
    return header + content
  }
}
