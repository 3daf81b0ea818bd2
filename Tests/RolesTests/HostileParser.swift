import Glibc
import Sockets

@testable import Roles

/// A helper of port 3699 and one device that has met a parser of a test's own, and what came of it.
struct HostileParser {
  /// Whether Python is there.
  static let isPossible = start(["python3", "-c", ""], socket: nil).map(ended) == 0

  /// How the helper went out.
  let ending: Helper.Ending
  /// How many descriptors of the file that the parser passed on this process has still open.
  let kept: Int

  enum Failure: Error { case notStarted, noFolder }

  /// What the scripts may call.
  private static let prelude = """
    import array, os, signal, socket, sys
    s = socket.socket(fileno=3)
    s.settimeout(20)
    # The helper says first that it is there.
    s.recv(65536)
    def answer(): return s.recv(65536)
    def ask(request): s.send(bytes(request)); return answer()
    def give(request, count):
      files = array.array("i", [os.open(sys.argv[1], os.O_RDONLY) for _ in range(count)])
      s.sendmsg([bytes(request)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)] if count else [])
    def wish(): os.write(4, b"w"); answer()
    def exit(status): os._exit(status)

    """

  /// Runs a helper beside the script until one of them ends; with `endsTwice` the user asks for the end after half a second,
  /// and once more when that can be no other signal of the same request.
  init(_ script: String, endsTwice: Bool = false) throws {
    var template = Array("\(P_tmpdir)/icwscan-hostile-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw Failure.noFolder }
    let folder = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let passed = "\(folder)/passed"
    close(unsafe open(passed, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
    defer {
      _ = unsafe unlink(passed)
      _ = unsafe unlink("\(folder)/w")
      _ = unsafe rmdir(folder)
    }
    var wishes: [Int32] = [-1, -1]
    guard let (near, far) = RoleSocket.pair(), unsafe pipe(&wishes) == 0 else {
      throw Failure.notStarted
    }
    for end in wishes { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(wishes[0], F_SETFL, O_NONBLOCK)
    defer { close(wishes[0]) }
    let started = Self.start(
      ["python3", "-c", Self.prelude + script, passed], socket: far, wishes: wishes[1])
    close(far)
    close(wishes[1])
    guard let started else { throw Failure.notStarted }
    let files = try OutputFiles(
      path: Array("\(folder)/w".utf8), rotation: Rotation(), owner: nil)
    if case .descriptor(let first) = files.first() { close(first) }
    let helper = Helper(
      parser: ChildProcess(number: started),
      socket: RoleSocket(owning: near, longest: ParserRequest.size), files: files, runner: nil)
    let attributor = Attributor(port: 3_699)
    let begun = RoleClock.milliseconds
    var ends = 0
    ending = helper.run(
      attributor, EndFinder(attributor, survey: nil), Allowance(port: 3_699, devices: 1),
      openData: { unsafe open(passed, O_WRONLY | O_APPEND | O_CLOEXEC) }, signals: wishes[0],
      noteRunner: {}
    ) {
      if endsTwice, ends < 2, RoleClock.milliseconds - begun > 500 + 300 * Int64(ends) {
        ends += 1
        return .end
      }
      var byte: UInt8 = 0
      return unsafe read(wishes[0], &byte, 1) == 1 ? .reopen : nil
    }
    kept = Self.openings(of: passed)
  }

  /// Starts a program with a socket as descriptor 3 and another one as 4.
  private static func start(_ words: [String], socket: Int32?, wishes: Int32 = -1) -> pid_t? {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    // Out of the way of the numbers that they get.
    let copies = [socket ?? -1, wishes].map { fcntl($0, F_DUPFD_CLOEXEC, 10) }
    defer { for copy in copies where copy >= 0 { close(copy) } }
    for (index, copy) in copies.enumerated() where copy >= 0 {
      unsafe posix_spawn_file_actions_adddup2(&actions, copy, 3 + Int32(index))
    }
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var child: pid_t = 0
    return unsafe posix_spawnp(&child, words[0], &actions, nil, &arguments, environ) == 0
      ? child : nil
  }

  private static func ended(_ child: pid_t) -> Int32 {
    var status: Int32 = 0
    _ = unsafe waitpid(child, &status, 0)
    return status
  }

  /// How many descriptors of this process lead to a file.
  private static func openings(of path: String) -> Int {
    (0..<4_096).count { number in
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let length = unsafe buffer.withUnsafeMutableBytes {
        unsafe readlink("/proc/self/fd/\(number)", $0.baseAddress!, $0.count)
      }
      return length > 0 && String(decoding: buffer[..<length], as: UTF8.self) == path
    }
  }
}
