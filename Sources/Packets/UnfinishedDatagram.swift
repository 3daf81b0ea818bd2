/// A datagram whose fragments never became complete, as far as it goes.
public struct UnfinishedDatagram: Sendable {
  /// The first fragment's packet.
  public let packet: Packet
  /// The bytes from the beginning to the first gap; the packet's payload lies in them.
  public let payload: [UInt8]
  /// When the fragment that was captured first came.
  public let time: Timestamp
  /// Numbers of the frames that held its fragments, in capture order.
  public let frames: [Int]

  init(_ packet: Packet, _ payload: [UInt8], _ datagram: FragmentedDatagram) {
    self.packet = packet
    self.payload = payload
    time = datagram.time
    frames = datagram.frames
  }
}
