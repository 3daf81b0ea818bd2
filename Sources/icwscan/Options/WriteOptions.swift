import ArgumentParser
import Captures
import Glibc
import Report

/// `-w` and how it is flushed.
struct WriteOptions: ParsableArguments {
  @Option(
    name: .customShort("w"),
    help: ArgumentHelp(
      "Write the port's packets, of chosen flows alone where some are chosen, as pcapng (pcap when the name ends in .pcap; - is standard output, and findings go to standard error).",
      valueName: "file"), completion: .file())
  var file: String?

  @Flag(name: .customShort("U"), help: "Write each packet of -w out at once.")
  var packetBuffered = false

  mutating func validate() throws {
    if packetBuffered, file == nil {
      throw ValidationError("-U belongs to -w: name a file to write")
    }
    if file == "-", isatty(STDOUT_FILENO) == 1 {
      throw ValidationError(
        "-w - would write packets to the terminal: send standard output to a file or a program")
    }
  }

  /// Whether packets go to standard output, and findings to standard error.
  var takesOutput: Bool { file == "-" }

  /// The folder of the file; nil without a file.
  var directory: String? {
    guard let file, file != "-" else { return nil }
    return Self.folder(of: file)
  }

  /// The folder that a path names a file in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The capture to be written by an analysis, with a spool for packets whose flow's verdict is awaited: for the comments
  /// that pcapng holds, and where only some flows are written; nil without `-w`.
  func export(isSelective: Bool) throws -> PacketExport? {
    guard let writer = try open(), let file else { return nil }
    guard isSelective || !file.hasSuffix(".pcap") else { return PacketExport(writer, spool: nil) }
    do {
      return PacketExport(writer, spool: try FrameSpool(directory: try spoolDirectory()))
    } catch let error as CaptureError {
      throw ValidationError("-w: packets can't wait there: " + Words.line(ErrorRecord(error)))
    }
  }

  /// Where packets wait: beside the file that will hold them, or where temporary files go.
  private func spoolDirectory() throws -> String {
    if let directory, let status = Self.status(file ?? "-", standard: STDOUT_FILENO),
      status.st_mode & S_IFMT == S_IFREG
    {
      return directory
    }
    return Environment.temporaryFolder
  }

  /// The capture to be written; nil without `-w`.
  func open() throws -> CaptureWriter? {
    guard let file else { return nil }
    do {
      return try CaptureWriter(
        path: file, application: Version.text, isPacketBuffered: packetBuffered)
    } catch {
      throw ValidationError("-w: " + Words.line(ErrorRecord(error)))
    }
  }
}
