extension Decoder {
  /// A TCP segment.
  func tcp(
    _ extent: Extent, _ header: borrowing InternetHeader, _ context: borrowing Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    guard rest.length >= TCPHeader.minimumSize || context.isUnfinished else {
      throw Malformed(.tcp, .short, needed: TCPHeader.minimumSize, had: rest.length)
    }
    try rest.require(TCPHeader.indispensable, .tcp)
    let size = Int(rest.uint8(12) >> 4) * 4
    guard size >= TCPHeader.minimumSize, size <= rest.length || context.isUnfinished else {
      throw Malformed(.tcp, .headerLength, needed: max(size, 20), had: rest.length)
    }
    let source = rest.uint16(0)
    let destination = rest.uint16(2)
    let tcp = TCPHeader(&rest, size: size)
    var packet = Packet(
      source: Endpoint(header.source, source),
      destination: Endpoint(header.destination, destination), ip: header.facts,
      header: .tcp(tcp), payload: rest.payload, payloadLength: rest.length, path: context.path,
      link: context.link)
    if packet.touches(port), !context.isUnfinished {
      packet.checksumState = ChecksumState(extent, header, at: 16)
    }
    return .packet(packet)
  }

  /// A UDP datagram, or the packet inside when it is a tunnel's and only that packet touches the port.
  mutating func udp(
    _ extent: Extent, _ header: borrowing InternetHeader, _ context: borrowing Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    let udp = try UDPHeader(&rest, isUnfinished: context.isUnfinished)
    if udp.source != port, udp.destination != port,
      let tunnel = Tunnel(udp.source, udp.destination),
      let inner = inside(tunnel, rest, header, context)
    {
      return inner
    }
    var packet = Packet(
      source: Endpoint(header.source, udp.source),
      destination: Endpoint(header.destination, udp.destination), ip: header.facts,
      header: .udp(checksum: udp.checksum), payload: rest.payload,
      payloadLength: udp.payloadLength, path: context.path, link: context.link)
    if packet.touches(port), !context.isUnfinished, rest.length == udp.payloadLength {
      var whole = extent
      whole.restrict(to: udp.payloadLength + UDPHeader.size)
      packet.checksumState = ChecksumState(whole, header, at: 6)
    }
    return .packet(packet)
  }
}

extension Extent {
  /// The captured bytes as a payload's place; empty, and inside the frame, when none were captured.
  fileprivate var payload: Range<Int> {
    let start = min(offset, bytes.count)
    return start..<max(start, min(end, bytes.count))
  }
}
