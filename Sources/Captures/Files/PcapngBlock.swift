/// The kinds of pcapng blocks that are read; all others are passed over.
enum PcapngBlock {
  case sectionHeader, interface, obsoletePacket, simplePacket, enhancedPacket, custom,
    appleProcess, other

  /// The type of an Enhanced Packet Block.
  static let enhancedType: UInt32 = 6

  /// The kind of a block type.
  init(type: UInt32) {
    switch type {
    case PcapngSection.header: self = .sectionHeader
    case 1: self = .interface
    case 2: self = .obsoletePacket
    case 3: self = .simplePacket
    case Self.enhancedType: self = .enhancedPacket
    case WiresharkBlock.custom: self = .custom
    case AppleBlock.process: self = .appleProcess
    default: self = .other
    }
  }

  /// The shortest total length that its fixed fields allow.
  var shortest: Int {
    switch self {
    case .sectionHeader: 28
    case .interface: 20
    case .obsoletePacket, .enhancedPacket: 32
    case .simplePacket: 16
    case .custom, .appleProcess, .other: 12
    }
  }

  /// Whether it holds a frame.
  var isPacket: Bool {
    switch self {
    case .obsoletePacket, .simplePacket, .enhancedPacket: true
    case .sectionHeader, .interface, .custom, .appleProcess, .other: false
    }
  }
}

/// The fixed fields of a packet block, whichever of the three.
struct PcapngPacket {
  /// Where the frame begins in an Enhanced Packet Block.
  static let enhancedHeader = 28

  var interface: UInt32
  /// nil for a Simple Packet Block.
  var time: UInt64?
  /// nil: as much as the block, the frame and the interface's snapshot length allow.
  var captured: UInt32?
  var length: UInt32
  /// Where the frame begins in the block.
  var start: Int

  /// Reads the fixed fields of a block that has at least its shortest length.
  init(_ kind: PcapngBlock, _ block: Span<UInt8>, bigEndian: Bool) {
    func number(_ offset: Int) -> UInt32 { block.uint32(at: offset, bigEndian: bigEndian) }
    if kind == .simplePacket {
      interface = 0
      length = number(8)
      start = 12
      return
    }
    interface =
      kind == .obsoletePacket ? UInt32(block.uint16(at: 8, bigEndian: bigEndian)) : number(8)
    time = UInt64(number(12)) << 32 | UInt64(number(16))
    captured = number(20)
    length = number(24)
    start = Self.enhancedHeader
  }
}
