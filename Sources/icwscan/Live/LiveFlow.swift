import Packets
import Report
import Sockets
import Verdicts

/// What a live capture remembers of an open flow beside the flow itself.
struct LiveFlow: Sendable {
  /// The flow's ordinal: a slot of the table is used again.
  let number: Int
  /// The process at the client's end, when that end is on this host.
  var clientProcess: ProcessIdentity?
  /// The process at the server's end, when that end is on this host.
  var serverProcess: ProcessIdentity?
  /// Why an end on this host has no process.
  var missing: MissingOwner?
  /// How the client's process was found.
  var clientAttribution: FlowRecord.Attribution?
  /// How the server's process was found.
  var serverAttribution: FlowRecord.Attribution?
  /// The verdict that was printed last; nil before the first.
  var announced: Announced?
  /// What is said of a new verdict in the written capture, with the flow's next packet.
  var comment: String?
  /// When a verdict is printed even if nothing more comes; nil for nothing due.
  var due: Timestamp?
  /// Payload-carrying packets at the last look.
  var turnsSeen = 0

  /// What a printed verdict said: another one is news.
  struct Announced: Hashable, Sendable {
    let verdictClass: VerdictClass
    let application: String?
  }

  /// The same with the processes of the two sides exchanged.
  var exchanged: LiveFlow {
    var other = self
    swap(&other.clientProcess, &other.serverProcess)
    swap(&other.clientAttribution, &other.serverAttribution)
    return other
  }
}
