import Packets
import Report

extension PacketRecord {
  /// The packet as flows take it, apart from its frame.
  func portEvent(interface: Int) -> PortEvent {
    let event: PortEvent.Content
    var wireLength = length
    switch content {
    case .packet(let packet):
      if reassembled != nil { wireLength = packet.ip.totalLength }
      event = .packet(packet, payload: Array((reassembled ?? frame)[packet.payload]))
    case .error(let error): event = .error(error)
    }
    return PortEvent(
      content: event, time: time, number: number, link: link, wireLength: wireLength,
      interface: interface)
  }
}
