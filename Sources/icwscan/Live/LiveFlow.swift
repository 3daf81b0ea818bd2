import Flows
import Packets
import Report
import Sockets
import Verdicts

/// What a live capture remembers of an open flow beside the flow itself.
struct LiveFlow: Sendable {
  /// The flow's ordinal: a slot of the table is used again.
  let number: Int
  /// What is known of the client's end.
  var client = LiveEnd()
  /// What is known of the server's end.
  var server = LiveEnd()
  /// The verdict that was printed last; nil before the first.
  var announced: Announced?
  /// What was said then of what the bytes tell; nil where nothing was.
  var details: String?
  /// How many calls were told of.
  var calls = 0
  /// What is said of a new verdict in the written capture, with the flow's next packet.
  var comment: String?
  /// When a verdict is printed even if nothing more comes; nil for nothing due.
  var due: Timestamp?

  init(number: Int) { self.number = number }

  /// What a printed verdict said: another one is news.
  struct Announced: Hashable, Sendable {
    let verdictClass: VerdictClass
    let application: String?
  }

  /// Whether an answer of the helper is still to come.
  var isAwaited: Bool { client.isAwaited || server.isAwaited }

  /// Whether it is waited for.
  var isUrgent: Bool { client.isUrgent || server.isUrgent }

  /// Why an end on this host has no process. A lack of rights is what the user can mend. To a port that nobody serves
  /// somebody may have sent all the same.
  var missing: MissingOwner? {
    let lack = [client.missing, server.missing].compactMap(\.self).first(where: \.isLackOfRight)
    let tellsServers = client.process == nil || server.missing == .severalHolders
    return lack ?? client.missing ?? (tellsServers ? server.missing : nil)
  }

  /// The side that a socket of this host listens on, where that is true of one alone.
  var listening: Side? {
    guard client.isListening != server.isListening else { return nil }
    return client.isListening ? .client : .server
  }

  /// The same with the processes of the two sides exchanged.
  var exchanged: LiveFlow {
    var other = self
    swap(&other.client, &other.server)
    return other
  }
}
