import Captures
import Flows
import Packets
import Sockets

extension LiveFlow {
  /// Whose packet it is, for the written capture: the sender's process where that is known and on this host, else the
  /// receiver's. Between two processes of one host a packet is the sender's or nobody's.
  func owner(
    of packet: Packet, in flow: Flow
  ) -> (process: ProcessIdentity, direction: FrameDirection)? {
    let (sender, receiver) = packet.source == flow.client ? (client, server) : (server, client)
    if let process = sender.process { return process.mayBeChild ? nil : (process, .outbound) }
    // A capture can't say that it may have been another one.
    guard sender.isElsewhere, let process = receiver.process, !process.mayBeChild else {
      return nil
    }
    return (process, .inbound)
  }
}
