import Packets

extension Flow {
  /// The flow that a packet begins: the sender of a SYN is the client, the sender of a SYN+ACK the server; of UDP the
  /// first datagram's sender is the client.
  init(
    number: Int, beginningWith packet: Packet, packetNumber: Int, time: Timestamp, link: LinkType
  ) {
    let ground: ClientGround
    var state: TCPState?
    var tcp: TCPHeader?
    switch packet.header {
    case .tcp(let header):
      tcp = header
      if header.flags.isSuperset(of: [.syn, .ack]) {
        (ground, state) = (.synAck, .synReceived)
      } else if header.flags.contains(.syn) {
        (ground, state) = (.syn, .synSent)
      } else {
        (ground, state) = (.firstCaptured, .midstream)
      }
    case .udp:
      let isGroup = packet.destination.address.isMulticast || packet.destination.address.isBroadcast
      (ground, state) = (isGroup ? .group : .firstDatagram, nil)
    }
    let isAnswer = ground == .synAck
    self.init(
      number: number, transport: packet.transport,
      client: isAnswer ? packet.destination : packet.source,
      server: isAnswer ? packet.source : packet.destination, ground: ground, path: packet.path,
      link: link, first: time,
      firstPacket: FirstPacket(
        number: packetNumber, ip: packet.ip, tcp: tcp, payloadLength: packet.payloadLength,
        side: isAnswer ? .server : .client),
      state: state)
    conversation.knowsClient = knowsClient
  }

  /// Whether any payload was seen.
  public var hasPayload: Bool { clientCounters.payloadBytes > 0 || serverCounters.payloadBytes > 0 }

  /// Whether the connection is over by its own segments.
  var isFinal: Bool {
    switch state {
    case .closed, .reset, .refused, .halfOpenReset: true
    default: false
    }
  }
}
