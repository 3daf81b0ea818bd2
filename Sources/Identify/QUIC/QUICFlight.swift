import Flows
import Packets

/// What the datagrams of a conversation show of QUIC.
struct QUICFlight {
  /// One packet and who sent it.
  struct Sent {
    let side: Side
    let packet: QUICPacket
    let datagram: Datagram
  }

  /// Packets with long headers.
  private(set) var sent: [Sent] = []
  /// The side whose Initial packet opened with the client's keys.
  private(set) var client: Side?
  /// The client's handshake bytes.
  private(set) var clientBytes: [UInt8] = []
  /// The server's handshake bytes.
  private(set) var serverBytes: [UInt8] = []
  /// The reason that the server gives for closing.
  private(set) var closing: [UInt8]?

  /// Datagrams that are looked at.
  static let most = 16

  /// Reads a conversation whose first datagram must begin with a long header; nil when it doesn't.
  init?(_ conversation: Conversation) {
    guard let first = conversation.firstDatagram, QUICPacket(first, at: 0) != nil else {
      return nil
    }
    for datagram in conversation.payloads(most: Self.most) {
      sent += QUICPacket.all(in: datagram).map {
        Sent(side: datagram.turn.side, packet: $0, datagram: datagram)
      }
    }
    open()
  }

  /// Opens the Initial packets: the client's with keys from the connection identifier that one of
  /// them was sent to, the server's with the same.
  private mutating func open() {
    var secrets:
      [(side: Side, version: QUICVersion, salt: [UInt8], connection: [UInt8], keys: QUICKeys)] = []
    var pieces: [Side: [QUICFrames.Piece]] = [:]
    for sent in sent where sent.packet.kind == .initial && pieces.count < 64 {
      var frames: [UInt8]?
      if sent.side != client?.opposite {
        frames =
          secrets.lazy.filter { $0.side == sent.side }.compactMap {
            $0.keys.frames(of: sent.packet, in: sent.datagram.bytes)
          }.first
        if frames == nil, secrets.count < 4 {
          for salt in sent.packet.version.salts {
            let keys = QUICKeys(
              version: sent.packet.version, salt: salt, connection: sent.packet.destination,
              ofClient: true)
            guard let read = keys.frames(of: sent.packet, in: sent.datagram.bytes) else { continue }
            secrets.append((sent.side, sent.packet.version, salt, sent.packet.destination, keys))
            client = client ?? sent.side
            frames = read
            break
          }
        }
      } else {
        frames =
          secrets.lazy.filter { $0.side != sent.side }.compactMap {
            QUICKeys(
              version: sent.packet.version, salt: $0.salt, connection: $0.connection,
              ofClient: false
            )
            .frames(of: sent.packet, in: sent.datagram.bytes)
          }.first
      }
      guard let frames else { continue }
      let read = QUICFrames(frames)
      pieces[sent.side, default: []] += read.pieces
      if sent.side != client { closing = closing ?? read.closing }
    }
    guard let client else { return }
    clientBytes = QUICFrames.join(pieces[client] ?? [])
    serverBytes = QUICFrames.join(pieces[client.opposite] ?? [])
  }

  /// The client's TLS hello, as far as its bytes are there.
  var clientHello: ClientHello? {
    Self.message(1, in: clientBytes).flatMap { ClientHello($0.body, isCut: $0.isCut) }
  }

  /// The server's TLS hello.
  var serverHello: ServerHello? {
    Self.message(2, in: serverBytes).flatMap { $0.isCut ? nil : ServerHello($0.body) }
  }

  /// A packet of which the other side echoes a connection identifier, and the packet that does.
  var echo: (Sent, Sent)? {
    for (index, one) in sent.enumerated() where one.packet.source.count >= 4 {
      for other in sent[(index + 1)...] where other.side != one.side {
        if other.packet.destination == one.packet.source { return (one, other) }
      }
    }
    return nil
  }

  private static func message(_ type: UInt8, in bytes: [UInt8]) -> (body: [UInt8], isCut: Bool)? {
    var reader = Reader(bytes.span)
    guard reader.uint8() == type, let count = reader.uint24(),
      let body = reader.copy(min(Int(count), reader.remaining))
    else { return nil }
    return (body, body.count < Int(count))
  }
}
