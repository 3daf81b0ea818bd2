/// The processes that the section of a pcapng file describes, for its frames to name by number.
///
/// All of it is the file's word and bounded: what is beyond the bounds is not kept, and its frames name a bare number.
final class ProcessRegister {
  /// Descriptions that are kept of a section.
  static let most = 65_536
  /// Descriptions that are kept of one number, which a host gives out again.
  static let mostOfNumber = 64
  /// Bytes of text that are kept of a section.
  static let mostText = 16 * 1024 * 1024
  /// Bytes of one text that are kept.
  static let longestText = 4_096
  /// The longest block that is looked into.
  static let longestBlock = 262_144

  /// By number, in the order of their starts, those without one first.
  private var known: [UInt32: [ProcessInformation]] = [:]
  /// In the order of Apple's blocks, whose frames count them.
  private var counted: [ProcessInformation] = []
  private var text = 0
  private var count = 0

  /// Another section describes its own.
  func begin() {
    known = [:]
    counted = []
    text = 0
    count = 0
  }

  /// Whether nothing is described.
  var isEmpty: Bool { count == 0 }

  /// The process of a number at a time: the latest that had begun by then.
  func process(_ number: UInt32, at nanoseconds: Int64?) -> ProcessInformation? {
    guard let nanoseconds else { return known[number]?.last }
    return known[number]?.last {
      $0.startNanoseconds.map { $0 <= UInt64(clamping: nanoseconds) } ?? true
    }
  }

  /// The process of Apple's block of that place in the section, from 0.
  func process(counted index: UInt32) -> ProcessInformation? {
    counted.indices.contains(Int(index)) ? counted[Int(index)] : nil
  }

  /// Takes in a Custom Block's body, which may be Wireshark's process information.
  func describe(custom body: Span<UInt8>, bigEndian: Bool) {
    guard body.count >= 16,
      body.uint32(at: 0, bigEndian: bigEndian) == WiresharkBlock.enterprise,
      body.uint32(at: 4, bigEndian: false) == WiresharkBlock.processEntry
    else { return }
    let length = min(Int(body.uint32(at: 8, bigEndian: false)), body.count - 12)
    guard length >= 4 else { return }
    let entry = body.extracting(12..<12 + length)
    var process = ProcessInformation(process: entry.uint32(at: 0, bigEndian: false))
    OptionList(entry.extracting(4..<length), bigEndian: false).forEach { code, value in
      let text = [UInt8](copying: value.extracting(first: Self.longestText))
      switch code {
      case WiresharkBlock.name: process.name = text
      case WiresharkBlock.path: process.path = text
      case WiresharkBlock.commandLine: process.commandLine = text
      case WiresharkBlock.userName: process.userName = text
      case WiresharkBlock.parent where value.count == 4:
        process.parent = value.uint32(at: 0, bigEndian: false)
      case WiresharkBlock.user where value.count == 4:
        process.user = value.uint32(at: 0, bigEndian: false)
      case WiresharkBlock.start where value.count == 8:
        process.startNanoseconds = value.uint64(at: 0, bigEndian: false)
      default: break
      }
    }
    note(process)
  }

  /// Takes in the body of Apple's process information block (type 0x80000001): a number and options, in the section's
  /// byte order.
  func describe(apple body: Span<UInt8>, bigEndian: Bool) {
    guard body.count >= 4 else { return }
    var process = ProcessInformation(process: body.uint32(at: 0, bigEndian: bigEndian))
    OptionList(body.extracting(4..<body.count), bigEndian: bigEndian).forEach { code, value in
      if code == AppleBlock.name {
        process.name = [UInt8](copying: value.extracting(first: Self.longestText))
      }
    }
    // The place counts, also of one that is not kept.
    if counted.count < Self.most {
      counted.append(isRoom(for: process) ? process : ProcessInformation(process: process.process))
    }
    note(process)
  }

  private func isRoom(for process: ProcessInformation) -> Bool {
    count < Self.most && text + process.textLength <= Self.mostText
  }

  private func note(_ process: ProcessInformation) {
    guard isRoom(for: process) else { return }
    count += 1
    text += process.textLength
    var others = known[process.process] ?? []
    others.removeAll { $0.startNanoseconds == process.startNanoseconds }
    let start = process.startNanoseconds ?? 0
    let place = others.firstIndex { ($0.startNanoseconds ?? 0) > start } ?? others.count
    others.insert(process, at: place)
    if others.count > Self.mostOfNumber { others.removeFirst() }
    known[process.process] = others
  }
}
