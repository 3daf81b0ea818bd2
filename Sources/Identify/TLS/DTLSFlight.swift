import Flows
import Packets

/// What the datagrams of one side say in DTLS's handshake.
struct DTLSFlight {
  /// The last ClientHello that could be read.
  private(set) var clientHello: ClientHello?
  /// The ServerHello.
  private(set) var serverHello: ServerHello?
  /// The server's certificate.
  private(set) var certificate: Certificate?
  /// The cookie of a HelloVerifyRequest.
  private(set) var cookie: [UInt8]?
  /// An alert in clear.
  private(set) var alert: TLSAlert?

  /// Reads the datagrams of one side.
  init(_ datagrams: [DTLSDatagram]) {
    var partial: [UInt16: [UInt8]] = [:]
    for datagram in datagrams {
      for message in datagram.messages {
        // Fragments that follow one another are put together; any other order is left unread.
        var body = message.offset == 0 ? [] : partial[message.sequence, default: []]
        guard body.count == message.offset, partial.count < 8 else { continue }
        body += message.fragment
        partial[message.sequence] = body
        note(message, body: body)
      }
      for record in datagram.records where record.content == 21 && record.epoch == 0 {
        alert = alert ?? TLSAlert(record.fragment)
      }
    }
  }

  private mutating func note(_ message: DTLSDatagram.Message, body: [UInt8]) {
    let isCut = body.count < message.length
    switch message.type {
    case 1: clientHello = ClientHello(body, isCut: isCut, isDatagram: true) ?? clientHello
    case 2 where !isCut: serverHello = ServerHello(body, isDatagram: true) ?? serverHello
    case 3 where !isCut:
      var reader = Reader(body.span)
      guard let version = reader.uint16(), TLSVersion(rawValue: version).isDatagram else { return }
      cookie = reader.vector8()
    case 11: certificate = Certificate(message: body) ?? certificate
    default: break
    }
  }
}
