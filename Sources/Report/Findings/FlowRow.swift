import Flows
import Packets
import Sockets
import Verdicts

/// What a table shows of a flow, or of ICMP errors without one: a few hundred bytes. Words in it are escaped.
public struct FlowRow: Sendable {
  /// Its place among all flows of the run, from 1, in the order in which they were told.
  let number: Int
  let first: Timestamp
  let last: Timestamp
  /// Decimal digits of a second that its capture has.
  let digits: Int
  let transport: Transport
  let client: Endpoint
  let server: Endpoint
  /// Whether nothing shows which end is the client.
  let areEndsOpen: Bool
  let clientName: String?
  let serverName: String?
  let verdictClass: VerdictClass
  let application: String?
  /// What the bytes told, or why nothing is known.
  let details: String?
  let packets: Int
  let bytes: Int
  let clientProcess: String?
  let serverProcess: String?
  /// Why an end on this host has no process.
  let missingOwner: MissingOwner?

  /// Characters of a process in a table.
  private static let longest = 80

  init(_ record: FlowRecord, number: Int) {
    let flow = record.flow
    self.number = number
    (first, last, digits) = (flow.first, flow.last, record.origin.digits)
    (transport, client, server) = (flow.transport, flow.client, flow.server)
    areEndsOpen = record.areEndsOpen
    clientName = record.clientName.map { Escaped.text($0) }
    serverName = record.serverName.map { Escaped.text($0) }
    verdictClass = record.verdict.verdictClass
    application = record.verdict.application.map { Escaped.text($0) }
    details = FlowWords.details(record)
    packets = flow.packets
    bytes = flow.clientCounters.bytes &+ flow.serverCounters.bytes
    clientProcess = record.clientProcess.map { ProcessWords.of($0, limit: Self.longest) }
    serverProcess = record.serverProcess.map { ProcessWords.of($0, limit: Self.longest) }
    missingOwner = record.missingOwner
  }

  init(_ record: OrphanRecord, number: Int) {
    let (orphan, error) = (record.orphan, record.orphan.error)
    self.number = number
    (first, last, digits) = (orphan.first, orphan.last, record.origin.digits)
    (transport, client, server) = (error.transport, error.quotedSource, error.quotedDestination)
    (clientName, serverName, areEndsOpen) = (nil, nil, false)
    verdictClass = record.verdict.verdictClass
    application = record.verdict.application.map { Escaped.text($0) }
    details = "\(ICMPWords.of(error)), from \(error.reporter)"
    (packets, bytes) = (0, 0)
    (clientProcess, serverProcess, missingOwner) = (nil, nil, nil)
  }
}
