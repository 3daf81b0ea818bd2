extension CaptureWriter {
  /// So many processes are remembered as written; then all are forgotten, and a block may come
  /// twice.
  private static let mostProcesses = 65_536

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
      PcapngOptions.bytes(WiresharkBlock.enterprise)
      + PcapngOptions.bytes(WiresharkBlock.processEntry.littleEndian)
      + PcapngOptions.bytes(UInt32(clamping: entry.count).littleEndian) + entry
    do { try append(block: WiresharkBlock.custom, body) } catch { failure = error }
  }

  private static func options(of process: ProcessInformation) -> PcapngOptions {
    var options = PcapngOptions(littleEndian: true)
    if let name = process.name { options.add(WiresharkBlock.name, name) }
    if let path = process.path { options.add(WiresharkBlock.path, path) }
    if let line = process.commandLine { options.add(WiresharkBlock.commandLine, line) }
    if let parent = process.parent { options.add(WiresharkBlock.parent, number: parent) }
    if let user = process.user { options.add(WiresharkBlock.user, number: user) }
    if let name = process.userName { options.add(WiresharkBlock.userName, name) }
    if let start = process.startNanoseconds { options.add(WiresharkBlock.start, number: start) }
    if let comment = process.comment { options.add(WiresharkBlock.comment, comment) }
    return options
  }
}
