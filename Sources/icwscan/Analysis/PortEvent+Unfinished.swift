import Packets
import Report

extension PortEvent {
  /// A datagram whose fragments never became complete.
  init(_ unfinished: UnfinishedDatagram, link: LinkType) {
    self.init(
      content: .packet(
        unfinished.packet, payload: Array(unfinished.payload[unfinished.packet.payload])),
      time: unfinished.time, number: unfinished.frames.first ?? 0, link: link,
      wireLength: unfinished.payload.count, interface: 0)
  }
}
