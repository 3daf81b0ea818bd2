import Glibc

/// The directory of one process. It stays that process's: when the process ends, readings fail, even if its number
/// is given to another.
struct ProcessFiles: ~Copyable {
  private static let statLimit = 4_096

  let pid: Int32
  let directory: Descriptor

  init?(pid: Int32, in proc: borrowing Descriptor) {
    guard pid > 0,
      let directory = try? Descriptor(
        "\(pid)", in: proc.number, flags: O_RDONLY | O_DIRECTORY)
    else { return nil }
    self.pid = pid
    self.directory = directory
  }

  /// A thread of the process that still lives, for when the first has ended; nil when there is none.
  var livingThread: ProcessFiles? {
    guard let tasks = try? Descriptor("task", in: directory.number, flags: O_RDONLY | O_DIRECTORY),
      let threads = try? tasks.numericNames()
    else { return nil }
    for thread in threads where thread != pid {
      if let files = ProcessFiles(pid: thread, in: tasks), files.stat?.isZombie == false {
        return files
      }
    }
    return nil
  }

  /// /proc/PID/stat.
  var stat: ProcessStat? {
    (try? directory.contents(of: "stat", limit: Self.statLimit)).flatMap { ProcessStat($0) }
  }

  /// What the process calls itself, raw. /proc/PID/stat has it too, but for line feeds and backslashes, which it escapes: only
  /// for those /proc/PID/comm is opened, as each file costs time at each start.
  func command(in stat: ProcessStat) -> [UInt8] {
    guard stat.command.contains(0x5C) else { return stat.command }
    return command ?? stat.command
  }

  /// /proc/PID/comm without the line feed that the kernel adds.
  var command: [UInt8]? {
    guard var command = try? directory.contents(of: "comm", limit: 64) else { return nil }
    if command.last == 0x0A { command.removeLast() }
    return command
  }

  /// The arguments, from at most 4,096 bytes of /proc/PID/cmdline.
  var arguments: [[UInt8]] { arguments(limit: 4_096) }

  /// The arguments, from at most so many bytes.
  func arguments(limit: Int) -> [[UInt8]] {
    guard let line = try? directory.contents(of: "cmdline", limit: limit), !line.isEmpty
    else { return [] }
    var arguments = line.split(separator: 0, omittingEmptySubsequences: false).map { Array($0) }
    // Every argument ends in NUL; behind the last one there is nothing.
    if arguments.last?.isEmpty == true { arguments.removeLast() }
    return arguments
  }

  /// The real user (the first number of `Uid:` in /proc/PID/status).
  var user: UInt32? {
    guard let status = try? directory.contents(of: "status", limit: 8_192) else { return nil }
    return StatusText.numbers(after: "Uid:", in: status).first.flatMap { UInt32(exactly: $0) }
  }

  /// The working directory.
  var workingDirectory: [UInt8]? { try? directory.link("cwd") }

  /// /proc/PID/cgroup.
  var controlGroups: [UInt8]? { try? directory.contents(of: "cgroup", limit: 65_536) }

  /// The program's file, and whether it is gone from its path. The kernel marks that by " (deleted)" behind the
  /// name; a file may truly be named so, hence the look at the file itself.
  var executable: (path: [UInt8], isDeleted: Bool)? {
    guard let link = try? directory.link("exe") else { return nil }
    let mark = Array(" (deleted)".utf8)
    guard link.count > mark.count, link.suffix(mark.count).elementsEqual(mark)
    else { return (link, false) }
    if let running = try? directory.status(of: "exe"), running.st_nlink > 0,
      let named = try? directory.status(ofBytes: Array("root".utf8) + link, followingLinks: false),
      named.st_ino == running.st_ino, named.st_dev == running.st_dev
    {
      return (link, false)
    }
    return (Array(link.dropLast(mark.count)), true)
  }
}
