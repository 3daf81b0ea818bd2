import Glibc

/// The division of a live capture into a helper, which keeps the rights, and a parser, which has none.
public enum Roles {
  /// Who this process is from here on.
  public enum Part {
    /// The process that was started, with what it needs of the parser.
    case helper(Helper)
    /// Its child, with the way to the helper.
    case parser(HelperConnection)
  }

  /// Divides this process, in which one thread alone may run and nothing may wait to be written.
  ///
  /// - Parameter files: the files of `-w`, which stay with the helper.
  /// - Throws: the system's refusal.
  public static func divide(files: OutputFiles?) throws(RoleFailure) -> Part {
    guard let (near, far) = RoleSocket.pair() else { throw RoleFailure(number: errno) }
    guard let child = try ChildProcess.fork() else {
      close(near)
      files?.leave()
      return .parser(HelperConnection(owning: far))
    }
    close(far)
    let socket = RoleSocket(owning: near, longest: ParserRequest.size)
    return .helper(Helper(parser: child, socket: socket, files: files))
  }
}
