import Glibc

/// The division of a live capture into a helper, which keeps the rights, and a parser, which has none.
public enum Roles {
  /// Who this process is from here on.
  public enum Part {
    /// The process that was started, with what it needs of the parser.
    case helper(Helper)
    /// Its child, with the way to the helper, and to names where there is a runner.
    case parser(HelperConnection, NameConnection?)
  }

  /// Divides this process, in which one thread alone may run and nothing may wait to be written.
  ///
  /// - Parameters:
  ///   - files: the files of `-w`, which stay with the helper.
  ///   - runner: has the names of addresses for the parser, and runs a command for the helper; nil for none.
  /// - Throws: the system's refusal.
  public static func divide(files: OutputFiles?, runner: Runner?) throws(RoleFailure) -> Part {
    guard let (near, far) = RoleSocket.pair() else { throw RoleFailure(number: errno) }
    guard let child = try ChildProcess.fork() else {
      close(near)
      files?.leave()
      let names = runner?.nameConnection
      runner?.leaveFiles()
      return .parser(HelperConnection(owning: far), names)
    }
    close(far)
    runner?.leaveNames()
    let socket = RoleSocket(owning: near, longest: ParserRequest.size)
    return .helper(Helper(parser: child, socket: socket, files: files, runner: runner))
  }
}
