extension Decoder {
  /// A TCP packet whose header is sent whole, with its connection's number in the place of the protocol (RFC 1144
  /// section 3.2.1).
  mutating func uncompressedTCP(
    _ extent: Extent, _ direction: UInt8, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    try extent.require(20, .ppp)
    let slot = extent.uint8(9)
    var datagram: [UInt8] = []
    datagram.reserveCapacity(extent.captured)
    for index in 0..<extent.captured { datagram.append(extent.uint8(index)) }
    datagram[9] = InternetProtocol.tcp
    if let header = CompressedHeader(datagram) {
      compressedHeaders.note(header, slot: slot, of: link(direction, context))
    }
    return try restored(datagram, length: extent.length, &context)
  }

  /// A TCP packet whose header is told by its changes (RFC 1144 section 3.2.2).
  ///
  /// - Throws: `Malformed` with `state` when the header in front of it is not known.
  mutating func compressedTCP(
    _ extent: Extent, _ direction: UInt8, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    var rest = extent
    try rest.require(1, .ppp)
    let mask = rest.uint8(0)
    rest.advance(1)
    var slot: UInt8?
    if mask & 0x40 != 0 {
      try rest.require(1, .ppp)
      slot = rest.uint8(0)
      rest.advance(1)
    }
    let change = try CompressedChange(mask: mask, rest)
    let datagram = compressedHeaders.restore(
      change, slot: slot, of: link(direction, context),
      isWhole: change.data.count == change.dataLength)
    guard let datagram else { throw Malformed(.ppp, .state) }
    let length = datagram.count + change.dataLength - change.data.count
    return try restored(datagram, length: length, &context)
  }

  private func link(_ direction: UInt8, _ context: Context) -> CompressedHeaders.Link {
    CompressedHeaders.Link(
      sender: context.link.source, tunnel: context.path.last, direction: direction)
  }

  /// Reads a datagram that is not in the frame as it was sent.
  private mutating func restored(
    _ datagram: [UInt8], length: Int, _ context: inout Context
  ) throws(Malformed) -> Decoded {
    let decoded = try ipv4(Extent(datagram.span, length: length), &context)
    guard case .packet(let packet) = decoded else { return decoded }
    return .reassembled(packet, datagram, frames: [context.frame])
  }
}
