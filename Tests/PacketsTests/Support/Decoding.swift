import Packets

let moment = Timestamp(nanoseconds: 1_000_000_000)

/// Decodes one frame with a decoder of its own.
func decode(
  _ bytes: [UInt8], length: Int? = nil, link: LinkType = .ethernet
) throws(Malformed) -> Decoded {
  var decoder = Decoder()
  return try decoder.decode(bytes.span, length: length ?? bytes.count, at: moment, link: link)
}

/// The packet of a frame; nil when it gives none.
func onlyPacket(_ bytes: [UInt8], length: Int? = nil, link: LinkType = .ethernet) -> Packet? {
  switch try? decode(bytes, length: length, link: link) {
  case .packet(let packet), .reassembled(let packet, _, _): packet
  default: nil
  }
}

/// Why a frame gives nothing.
func malformed(_ bytes: [UInt8], length: Int? = nil, link: LinkType = .ethernet) -> Malformed? {
  do throws(Malformed) {
    _ = try decode(bytes, length: length, link: link)
    return nil
  } catch {
    return error
  }
}

/// A small generator with a seed (SplitMix64), so that a failure can be had again.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

/// Whether the quick test and the decoder agree about a frame.
func agrees(_ bytes: [UInt8], length: Int? = nil, link: LinkType) -> Bool {
  let touches = (try? decode(bytes, length: length, link: link))?.touches(3699) ?? false
  return switch PortTest.of(bytes.span, link: link, port: 3699) {
  case .no: !touches
  case .yes: touches
  case .lookCloser: true
  }
}

extension Decoder {
  /// Reads one frame of whose bytes the array is the owner.
  mutating func read(
    _ bytes: [UInt8], length: Int? = nil, at time: Timestamp = moment, link: LinkType = .raw
  ) throws(Malformed) -> Decoded {
    try decode(bytes.span, length: length ?? bytes.count, at: time, link: link)
  }
}

/// The quick test of a frame of whose bytes the array is the owner.
func quickLook(_ bytes: [UInt8], link: LinkType = .raw) -> PortTest {
  PortTest.of(bytes.span, link: link, port: 3699)
}
