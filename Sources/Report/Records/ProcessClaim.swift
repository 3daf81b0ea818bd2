public import Sockets

/// A process that a capture file names for a packet: the file's word.
public struct ProcessClaim: Hashable, Sendable {
  /// Which end of the packet, or of its flow, the process is at.
  public enum End: UInt8, Hashable, Sendable {
    case sender = 1
    case receiver, client, server
  }

  /// The process; `isClaim` is set.
  public var process: ProcessIdentity
  /// Its thread; the process number where no thread is named.
  public var thread: UInt32
  /// Where it is; nil when the file does not tell.
  public var end: End?

  /// A claim.
  public init(process: ProcessIdentity, thread: UInt32, end: End?) {
    self.process = process
    self.thread = thread
    self.end = end
  }
}

extension ProcessClaim {
  /// The claim for a run that joins the packet with others.
  func put(into out: inout EventBytes) {
    out.put(process.pid)
    out.put(thread)
    out.put(end?.rawValue)
    out.put(process.startTime)
    out.put(process.parent)
    out.put(process.knowsUser ? process.user : nil)
    out.put(process.command)
    out.put(process.executable != nil)
    out.put(process.executable ?? [])
    out.put(UInt16(clamping: process.arguments.count))
    for argument in process.arguments.prefix(Int(UInt16.max)) { out.put(argument) }
    out.put(process.userName != nil)
    out.put(Array((process.userName ?? "").utf8))
  }

  /// Reads a claim; nil where the bytes do not fit.
  init?(_ reader: inout EventReader) {
    guard let pid = reader.number(Int32.self), let thread = reader.number(UInt32.self),
      let end = reader.optional(UInt8.self), let start = reader.optional(Int64.self),
      let parent = reader.number(Int32.self), let user = reader.optional(UInt32.self),
      let command = reader.payload(), let hasExecutable = reader.flag(),
      let executable = reader.payload(), let count = reader.number(UInt16.self)
    else { return nil }
    var arguments: [[UInt8]] = []
    for _ in 0..<count {
      guard let argument = reader.payload() else { return nil }
      arguments.append(argument)
    }
    guard let hasName = reader.flag(), let name = reader.payload() else { return nil }
    var process = ProcessIdentity(
      pid: pid, startTicks: 0, startTime: start, command: command,
      executable: hasExecutable ? executable : nil, arguments: arguments, user: user ?? 0,
      userName: hasName ? String(decoding: name, as: UTF8.self) : nil, parent: parent)
    process.isClaim = true
    process.lacksUser = user == nil
    self.init(process: process, thread: thread, end: end.flatMap(End.init(rawValue:)))
  }
}
