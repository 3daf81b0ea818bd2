extension Frame {
  /// At most so many comments of one frame are returned.
  public static let mostComments = 64

  /// Whether there is anything to be asked for: comments, a process, a direction.
  public var hasOptions: Bool { !options.isEmpty }

  /// The frame's comments (pcapng option 1), raw and in order, at most ``mostComments``.
  public var comments: [[UInt8]] {
    var found: [[UInt8]] = []
    options.forEach { code, value in
      if code == OptionCode.comment, found.count < Self.mostComments {
        found.append([UInt8](copying: value))
      }
    }
    return found
  }

  /// The name of its interface, else that interface's description, raw and cut at 256 bytes; nil when the file has neither.
  public var interfaceName: [UInt8]? { register?.name(ofInterface: interface) }

  /// The processes that its section describes; nil for other sources.
  var processes: ProcessRegister? { register?.processes }

  /// The process and thread that the file names for this frame (pcapng EPB option 8).
  public var processThread: ProcessThread? {
    var found: ProcessThread?
    let isBigEndian = options.isBigEndian
    options.forEach { code, value in
      if code == OptionCode.processThread, value.count == 8 {
        found = ProcessThread(
          process: value.uint32(at: 0, bigEndian: isBigEndian),
          thread: value.uint32(at: 4, bigEndian: isBigEndian))
      }
    }
    return found
  }

  /// Which way the frame went, as the file tells it: by pcapng's EPB option 2 (its two lowest bits), else by the packet
  /// type of a Linux cooked header, where 4 is a frame that the host sent.
  public var direction: FrameDirection? {
    var found: FrameDirection?
    let isBigEndian = options.isBigEndian
    options.forEach { code, value in
      if code == OptionCode.flags, value.count == 4 {
        found = FrameDirection(rawValue: value.uint32(at: 0, bigEndian: isBigEndian) & 3)
      }
    }
    if let found, found != .unknown { return found }
    switch linkType {
    case 113 where bytes.count >= 2: return bytes[1] == 4 ? .outbound : .inbound
    case 276 where bytes.count > 10: return bytes[10] == 4 ? .outbound : .inbound
    default: return found
    }
  }
}

extension [UInt8] {
  /// The bytes of a span as an array of their own.
  package init(copying span: Span<UInt8>) {
    self = unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
  }
}

extension Span<UInt8> {
  /// Whether the first bytes are those of `magic`.
  func begins(with magic: [UInt8]) -> Bool {
    count >= magic.count && magic.indices.allSatisfy { self[$0] == magic[$0] }
  }

  /// Four bytes as a number; zero where they do not all exist.
  func uint32(at offset: Int, bigEndian: Bool) -> UInt32 {
    guard offset >= 0, offset <= count - 4 else { return 0 }
    var value: UInt32 = 0
    for index in 0..<4 {
      value = value << 8 | UInt32(self[offset + (bigEndian ? index : 3 - index)])
    }
    return value
  }

  /// Two bytes as a number; zero where they do not both exist.
  func uint16(at offset: Int, bigEndian: Bool) -> UInt16 {
    guard offset >= 0, offset <= count - 2 else { return 0 }
    let first = UInt16(self[offset])
    let second = UInt16(self[offset + 1])
    return bigEndian ? first << 8 | second : second << 8 | first
  }

  /// Eight bytes as a number; zero where they do not all exist.
  func uint64(at offset: Int, bigEndian: Bool) -> UInt64 {
    guard offset >= 0, offset <= count - 8 else { return 0 }
    let first = UInt64(uint32(at: offset, bigEndian: bigEndian))
    let second = UInt64(uint32(at: offset + 4, bigEndian: bigEndian))
    return bigEndian ? first << 32 | second : second << 32 | first
  }
}
