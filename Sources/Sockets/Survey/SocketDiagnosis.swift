/// Whether the kernel tells of its sockets at all, for a diagnosis of the host.
public enum SocketDiagnosis {
  /// Whether sock_diag answers for TCP (6) or UDP (17): asked with a port that nothing uses.
  public static func answers(protocol number: UInt8) -> Bool {
    guard let socket = try? NetlinkSocket.open() else { return false }
    var diag = SockDiag(socket)
    return (try? diag.dump(number == 17 ? .udp : .tcp, isIPv6: false, port: 0)) != nil
  }

  /// Whether the kernel tells of processes that fork, execute and end: asked for as a watch of the port does.
  public static func hearsProcesses() -> Bool {
    ProcessReports.begin(in: SurveyOptions().proc) != nil
  }
}
