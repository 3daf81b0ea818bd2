import Flows
import Packets

/// An answer from the watched port to a request that nobody here sent.
struct Backscatter {
  var item: EvidenceItem
  var packet: Int

  /// Nil when the flow is anything else.
  init?(of flow: Flow, port: UInt16) {
    let first = flow.firstPacket
    let sender = first.side
    guard let tcp = first.tcp, flow.endpoint(sender).port == port,
      flow.counters(sender.opposite).packets == 0, flow.counters(sender).payloadBytes == 0,
      first.payloadLength == 0
    else { return nil }
    // Nothing but copies of that one packet may follow.
    let core = tcp.flags.subtracting([.ece, .cwr, .ae])
    let all = TCPFlags(rawValue: flow.counters(sender).flags).subtracting([.ece, .cwr, .ae])
    guard all.isSubset(of: core) else { return nil }
    if core == [.syn, .ack] {
      item = .unsolicitedSYNAcknowledgement
    } else if core == [.rst, .ack], tcp.sequence == 0 {
      item = .unsolicitedReset
    } else {
      return nil
    }
    packet = first.number
  }
}
