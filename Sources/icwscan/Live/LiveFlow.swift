import Packets
import Report
import Sockets
import Verdicts

/// What a live capture remembers of an open flow beside the flow itself.
struct LiveFlow: Sendable {
  /// The flow's ordinal: a slot of the table is used again.
  let number: Int
  /// The client's and the server's, or nothing: flows of a flood have none, and take no room for them.
  private var processes: [ProcessIdentity?] = []
  /// The process at the client's end, when that end is on this host.
  var clientProcess: ProcessIdentity? {
    get { processes.first ?? nil }
    set { processes = [newValue, serverProcess] }
  }
  /// The process at the server's end, when that end is on this host.
  var serverProcess: ProcessIdentity? {
    get { processes.last ?? nil }
    set { processes = [clientProcess, newValue] }
  }
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

  /// What a printed verdict said: another one is news.
  struct Announced: Hashable, Sendable {
    let verdictClass: VerdictClass
    let application: String?
  }

  /// What is remembered of a flow that begins.
  init(number: Int) { self.number = number }

  /// The same with the processes of the two sides exchanged.
  var exchanged: LiveFlow {
    var other = self
    other.clientProcess = serverProcess
    other.serverProcess = clientProcess
    swap(&other.clientAttribution, &other.serverAttribution)
    return other
  }
}
