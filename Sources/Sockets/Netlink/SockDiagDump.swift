/// What a dump of sock_diag gave.
struct SockDiagDump: Hashable {
  var entries: [SocketEntry] = []
  /// Whether it saw a table that did not change, to its end.
  var isComplete = true
}
