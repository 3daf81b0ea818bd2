import Flows
import Packets
import Report
import Sockets
import Verdicts

/// What the sentences of a live capture tell of a flow, beside how many there are of its like.
struct ToldAnswer: Hashable {
  private let transport: Transport
  private let verdictClass: VerdictClass
  private let application: String?
  private let servicePort: UInt16?
  private let server: ProcessKey?

  /// What they tell of this one.
  init(_ record: FlowRecord) {
    transport = record.flow.transport
    verdictClass = record.verdict.verdictClass
    application = record.verdict.application
    servicePort = record.verdict.servicePort
    server = record.serverProcess?.key
  }
}
