/// What is known of the section of a pcapng file that is being read (draft-ietf-opsawg-pcapng).
struct PcapngSection {
  /// The type of a Section Header Block, the same in both byte orders.
  static let header: UInt32 = 0x0a0d_0d0a
  /// The byte order that a section's magic tells, as it was read in the host's; nil for any other number.
  static func isBigEndian(magic: UInt32) -> Bool? {
    if UInt32(littleEndian: magic) == 0x1a2b_3c4d { return false }
    return UInt32(bigEndian: magic) == 0x1a2b_3c4d ? true : nil
  }

  /// The most interfaces of one section that are followed.
  static let mostInterfaces = 65_536
  /// Names and descriptions are cut here.
  static let longestName = 256

  /// What is needed of an interface for each frame.
  struct Clock {
    let unit: TimeUnit
    let linkType: Int32
    let snapshotLength: Int
  }

  var isBigEndian = false
  /// The interfaces that earlier sections described.
  var firstInterface = 0
  var clocks: [Clock] = []
  var interfaces: [CaptureInterface] = []
  /// The link types of `clocks`, for a quick look.
  var linkTypesOfInterfaces: [Int32] = []
  /// How often it was begun or told of another interface: what was walked before a change may have to be walked again.
  private(set) var changes = 0
  /// What it describes for its frames to name.
  let register = SectionRegister()
  /// What libpcap said of the file's numbers: asking it costs more than reading a block.
  private var linkTypes: [UInt16: Int32] = [:]

  /// A section that has described nothing yet.
  init() {}

  /// A section as far as it is described, for another reader; what processes it describes each reader keeps for itself.
  init(_ known: Known) {
    isBigEndian = known.isBigEndian
    firstInterface = known.firstInterface
    clocks = known.clocks
    interfaces = known.interfaces
    linkTypesOfInterfaces = known.interfaces.map(\.linkType)
    register.begin(firstInterface: firstInterface)
    for interface in interfaces { register.describe(interface) }
  }

  /// What is known of a section by now but for its processes.
  struct Known: Sendable {
    fileprivate let isBigEndian: Bool
    fileprivate let firstInterface: Int
    fileprivate let clocks: [Clock]
    fileprivate let interfaces: [CaptureInterface]
  }

  /// What is known by now.
  var known: Known {
    Known(
      isBigEndian: isBigEndian, firstInterface: firstInterface, clocks: clocks,
      interfaces: interfaces)
  }

  /// Begins another section, whose interfaces are numbered from zero again.
  mutating func begin(bigEndian: Bool) {
    changes += 1
    isBigEndian = bigEndian
    firstInterface += interfaces.count
    register.begin(firstInterface: firstInterface)
    clocks.removeAll(keepingCapacity: true)
    interfaces.removeAll(keepingCapacity: true)
    linkTypesOfInterfaces.removeAll(keepingCapacity: true)
  }

  /// Takes in the body of an Interface Description Block.
  mutating func describe(_ body: Span<UInt8>) {
    let number = body.uint16(at: 0, bigEndian: isBigEndian)
    let snapshotLength = Int(body.uint32(at: 4, bigEndian: isBigEndian))
    var resolution: UInt8 = 6
    var offset: Int64 = 0
    var name: [UInt8]?
    var description: [UInt8]?
    let isBigEndian = isBigEndian
    if body.count > 8 {
      OptionList(body.extracting(8..<body.count), bigEndian: isBigEndian).forEach { code, value in
        switch code {
        case OptionCode.interfaceName:
          name = [UInt8](copying: value.extracting(first: Self.longestName))
        case OptionCode.interfaceDescription:
          description = [UInt8](copying: value.extracting(first: Self.longestName))
        case OptionCode.timeResolution where value.count >= 1:
          resolution = value[0]
        case OptionCode.timeOffset where value.count == 8:
          offset = Int64(bitPattern: value.uint64(at: 0, bigEndian: isBigEndian))
        default: break
        }
      }
    }
    let unit = TimeUnit(resolution: resolution, offset: offset)
    let linkType = linkTypes[number] ?? LinkTypeNumbers.linkType(file: number)
    linkTypes[number] = linkType
    changes += 1
    clocks.append(Clock(unit: unit, linkType: linkType, snapshotLength: snapshotLength))
    linkTypesOfInterfaces.append(linkType)
    let interface = CaptureInterface(
      linkType: linkType, fileLinkType: Int32(number), snapshotLength: snapshotLength,
      fractionDigits: unit.fractionDigits, name: name, description: description)
    interfaces.append(interface)
    register.describe(interface)
  }
}
