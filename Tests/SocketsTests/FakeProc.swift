import Glibc

@testable import Sockets

/// A small tree in the shape of /proc in a directory of its own, removed at the end.
final class FakeProc {
  let root: ProcRoot

  init() {
    var template = Array("\(P_tmpdir)/icwscan-proc-XXXXXX".utf8CString)
    _ = unsafe template.withUnsafeMutableBufferPointer { unsafe mkdtemp($0.baseAddress!) }
    root = ProcRoot(
      String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    write("stat", Array("cpu 0\nbtime 1700000000\n".utf8))
  }

  deinit { TestProcess(["/bin/rm", "-rf", root.path])?.wait() }

  /// A file below the root.
  func write(_ path: String, _ bytes: [UInt8]) {
    let file = unsafe open("\(root.path)/\(path)", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = unsafe Glibc.write(file, bytes, bytes.count)
    _ = close(file)
  }

  func link(_ path: String, to target: String) {
    _ = unsafe symlink(target, "\(root.path)/\(path)")
  }

  func directory(_ path: String) {
    _ = unsafe mkdir("\(root.path)/\(path)", 0o755)
  }

  /// A process with the files that are read of one.
  func process(
    _ pid: Int32, command: [UInt8] = Array("server".utf8), parent: Int32 = 1, start: UInt64 = 250,
    arguments: [UInt8] = [], executable: String = "/usr/bin/server", sockets: [(Int32, UInt32)] = []
  ) {
    directory("\(pid)")
    directory("\(pid)/fd")
    let tail = " S \(parent) 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 \(start) 1000 1 2 3\n"
    write("\(pid)/stat", Array("\(pid) (".utf8) + command + Array(")\(tail)".utf8))
    write("\(pid)/comm", command + [0x0A])
    write("\(pid)/status", Array("Name:\tx\nUid:\t0\t0\t0\t0\n".utf8))
    write("\(pid)/cmdline", arguments)
    write("\(pid)/cgroup", Array("0::/system.slice/web.service\n".utf8))
    link("\(pid)/exe", to: executable)
    link("\(pid)/cwd", to: "/var/empty")
    link("\(pid)/fd/0", to: "/dev/null")
    for (number, inode) in sockets { link("\(pid)/fd/\(number)", to: "socket:[\(inode)]") }
  }
}

extension TestProcess {
  /// Waits for its end.
  func wait() { end(killing: false) }
}
