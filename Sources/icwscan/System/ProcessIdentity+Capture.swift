import Captures
import Sockets

extension ProcessIdentity {
  /// The process as a capture file holds it.
  var captureInformation: ProcessInformation {
    var information = ProcessInformation(
      process: UInt32(bitPattern: pid),
      startNanoseconds: startTime.flatMap { $0 > 0 ? UInt64($0) : nil })
    information.name = command.isEmpty ? nil : command
    information.path = executable
    information.commandLine =
      arguments.isEmpty ? nil : Array(arguments.joined(separator: [0]))
    information.parent = parent > 0 ? UInt32(parent) : nil
    if knowsUser {
      information.user = user
      information.userName = userName.map { Array($0.utf8) }
    }
    return information
  }

  private static func fileName(_ path: [UInt8]) -> [UInt8] {
    path.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? path
  }

  /// A process of which a capture file tells: nothing of it was looked at.
  init(claimed information: ProcessInformation) {
    let arguments = information.commandLine.map { line in
      Array(line.split(separator: 0, omittingEmptySubsequences: false).map(Array.init))
    }
    self.init(
      pid: Int32(bitPattern: information.process), startTicks: 0,
      startTime: information.startNanoseconds.map { Int64(clamping: $0) },
      command: information.name ?? information.path.map(Self.fileName) ?? [],
      executable: information.path, arguments: arguments ?? [], user: information.user ?? 0,
      userName: information.userName.map { String(decoding: $0, as: UTF8.self) },
      parent: information.parent.map(Int32.init(bitPattern:)) ?? 0)
    isClaim = true
    lacksUser = information.user == nil
    // Arguments that end in a NUL, as the kernel shows them, have no empty one behind it.
    if self.arguments.last?.isEmpty == true { self.arguments.removeLast() }
  }
}
