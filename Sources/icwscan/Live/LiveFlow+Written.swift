import Captures
import Flows
import Packets
import Sockets

extension LiveFlow {
  /// Whose packet it is, for the written capture: the sender's process where that is known and on this host, else the
  /// receiver's. Between two processes of one host a packet is the sender's or nobody's.
  func owner(
    of packet: Packet, in flow: Flow, isHere: (Endpoint) -> Bool
  ) -> (process: ProcessIdentity, direction: FrameDirection)? {
    let isClients = packet.source == flow.client
    if let sender = isClients ? clientProcess : serverProcess { return (sender, .outbound) }
    guard !isHere(packet.source), let receiver = isClients ? serverProcess : clientProcess else {
      return nil
    }
    return (receiver, .inbound)
  }
}
