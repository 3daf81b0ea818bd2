import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let gnutella = [
    Sample(
      "gnutella", .answered, over: .tcp,
      (.client, hexadecimal("'GNUTELLA CONNECT/0.6' 0d0a 'User-Agent: LimeWire/4' 0d0a 0d0a")),
      (.server, hexadecimal("'GNUTELLA/0.6 200 OK' 0d0a 0d0a")))
  ]
}

@Suite struct GnutellaTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.gnutella[0].fact(.version) == "0.6")
    #expect(Sample.gnutella[0].fact(.userAgent) == "LimeWire/4")
    #expect(Sample.gnutella[0].fact(.status) == "200 OK")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("'GNUTELLA CONNECT/1.6' 0d0a")),
    (Side.client, Transport.tcp, hexadecimal("'GNUTELLA CONNECT/0.6x and more' 0d0a")),
    (Side.client, Transport.tcp, hexadecimal("'GET / HTTP/1.0' 0d0a")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.gnutella.look(conversation) == .no)
  }
}
