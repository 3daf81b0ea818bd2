/// The numbers of the pcapng options that are read and written here (draft-ietf-opsawg-pcapng).
enum OptionCode {
  static let end: UInt16 = 0
  static let comment: UInt16 = 1
  /// Section Header Block.
  static let hardware: UInt16 = 2
  static let operatingSystem: UInt16 = 3
  static let application: UInt16 = 4
  /// Interface Description Block.
  static let interfaceName: UInt16 = 2
  static let interfaceDescription: UInt16 = 3
  static let timeResolution: UInt16 = 9
  static let interfaceFilter: UInt16 = 11
  static let timeOffset: UInt16 = 14
  /// Enhanced Packet Block.
  static let flags: UInt16 = 2
  static let processThread: UInt16 = 8
  /// Interface Statistics Block.
  static let startTime: UInt16 = 2
  static let endTime: UInt16 = 3
  static let interfaceDropped: UInt16 = 5
  static let filterAccepted: UInt16 = 6
  static let systemDropped: UInt16 = 7
}

/// The options of a pcapng block: code, length, value, padded to four bytes.
struct OptionList: ~Escapable {
  /// All of them as they stand in the block.
  let bytes: Span<UInt8>
  /// The byte order of the section.
  let isBigEndian: Bool

  /// No options.
  @_lifetime(immortal)
  init() {
    bytes = Span()
    isBigEndian = false
  }

  /// The options in `bytes`.
  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, bigEndian: Bool) {
    self.bytes = bytes
    self.isBigEndian = bigEndian
  }

  /// Whether there is none.
  var isEmpty: Bool { bytes.count < 4 }

  /// Calls `body` with each option up to the end mark, or up to the first that does not fit: a
  /// frame is not lost for a damaged comment.
  func forEach(_ body: (_ code: UInt16, _ value: Span<UInt8>) -> Void) {
    var offset = 0
    while offset <= bytes.count - 4 {
      let code = bytes.uint16(at: offset, bigEndian: isBigEndian)
      let length = Int(bytes.uint16(at: offset + 2, bigEndian: isBigEndian))
      guard code != OptionCode.end, length <= bytes.count - offset - 4 else { return }
      body(code, bytes.extracting(offset + 4..<offset + 4 + length))
      offset += 4 + (length + 3) / 4 * 4
    }
  }
}
