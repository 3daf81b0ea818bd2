extension CaptureWriter {
  /// The type of a Custom Block that may be copied (draft-ietf-opsawg-pcapng section 4.8).
  private static let customBlock: UInt32 = 0x0000_0bad
  /// Wireshark's number at IANA (Private Enterprise Numbers).
  private static let wireshark: UInt32 = 32_622
  /// Wireshark's entry type of a process information block.
  private static let processEntry: UInt32 = 3
  /// So many processes are remembered as written; then all are forgotten, and a block may come
  /// twice.
  private static let mostProcesses = 65_536

  /// The options of Wireshark's process information block.
  private enum Code {
    static let comment: UInt16 = 1
    static let name: UInt16 = 2
    static let path: UInt16 = 3
    static let commandLine: UInt16 = 4
    static let parent: UInt16 = 5
    static let user: UInt16 = 6
    static let userName: UInt16 = 7
    static let start: UInt16 = 9
  }

  /// Adds what is known of a process, once for each number and start; call it before the first
  /// packet that names it.
  ///
  /// It is Wireshark's process information: a Custom Block whose entry is least significant byte
  /// first in every file. Readers that do not know it pass it over. pcap can't hold it.
  public mutating func writeProcess(_ process: ProcessInformation) {
    guard !isPcap, failure == nil else { return }
    let key = ProcessKey(process: process.process, start: process.startNanoseconds)
    guard !processes.contains(key) else { return }
    if processes.count >= Self.mostProcesses { processes.removeAll(keepingCapacity: true) }
    processes.insert(key)
    let entry =
      PcapngOptions.bytes(process.process.littleEndian) + Self.options(of: process).finished
    let body =
      PcapngOptions.bytes(Self.wireshark) + PcapngOptions.bytes(Self.processEntry.littleEndian)
      + PcapngOptions.bytes(UInt32(clamping: entry.count).littleEndian) + entry
    do { try file.append(Self.block(Self.customBlock, body)) } catch { failure = error }
  }

  private static func options(of process: ProcessInformation) -> PcapngOptions {
    var options = PcapngOptions(littleEndian: true)
    if let name = process.name { options.add(Code.name, name) }
    if let path = process.path { options.add(Code.path, path) }
    if let line = process.commandLine { options.add(Code.commandLine, line) }
    if let parent = process.parent { options.add(Code.parent, number: parent) }
    if let user = process.user { options.add(Code.user, number: user) }
    if let name = process.userName { options.add(Code.userName, name) }
    if let start = process.startNanoseconds { options.add(Code.start, number: start) }
    if let comment = process.comment { options.add(Code.comment, comment) }
    return options
  }
}
