import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let drda = [
    Sample(
      "drda", .proven, over: .tcp,
      (
        .client,
        hexadecimal("001d d0 01 0001 0017 1041 000b 115e 8481 829685a4 950008 1147 d8c4c2f2")
      ),
      (.server, hexadecimal("001d d0 02 0001 0017 1443 0007 115e c4c2f2000c 1147 d8c4c2f261d1e5d4"))
    )
  ]
}

@Suite struct DRDATests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.drda[0].fact(.method) == "EXCSAT")
    #expect(Sample.drda[0].fact(.server) == "QDB2/JVM")
    #expect(Sample.drda[0].fact(.userAgent) == "daboeun")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("0014 d1 01 0001 000e 1041")),
    (Side.client, Transport.tcp, hexadecimal("0014 d0 01 0001 0010 1041 0008 115e 01020304 0000")),
    (Side.client, Transport.tcp, hexadecimal("0014 d0 06 0001 000e 1041")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.drda.look(conversation) == .no)
  }
}
