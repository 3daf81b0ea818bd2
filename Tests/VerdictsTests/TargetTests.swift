import Flows
import Packets
import Testing

@testable import Verdicts

/// Hosts that one host sends the same bare first packet to.
@Suite struct TargetTests {
  private static func flow(_ target: UInt32, said bytes: Int) -> Flow {
    let builder = Builder()
    var flow = Flow(
      number: Int(target), transport: .tcp, client: builder.flow.client,
      server: Endpoint(IPAddress(v4: target), 3699), ground: .syn, first: builder.flow.first,
      firstPacket: builder.flow.firstPacket, state: .closed)
    flow.clientCounters.payloadBytes = bytes
    flow.serverCounters.payloadBytes = bytes
    return flow
  }

  @Test func `hosts that were talked with are no targets of a search`() {
    var ledger = CompanionLedger()
    let flows = (1...9).map { Self.flow(UInt32($0), said: $0 > 1 ? 100 : 0) }
    for flow in flows { ledger.noteBegin(flow) }
    #expect(ledger.companions(of: flows[0]).bareFirstPacketTargets == 9)
    // Before any of them is judged.
    for flow in flows { ledger.noteGreeting(flow, nil) }
    #expect(ledger.companions(of: flows[0]).bareFirstPacketTargets == 1)
  }
}
