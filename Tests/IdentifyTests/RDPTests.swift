import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  /// The annotated request and confirm of MS-RDPBCGR 4.1.1 and 4.1.2.
  static let rdpExample = Sample(
    "rdp", .answered,
    (
      .client,
      hexadecimal("0300002c 27 e0 0000 0000 00 'Cookie: mstshash=eltons' 0d0a 01 00 0800 00000000")
    ),
    (.server, hexadecimal("03000013 0e d0 0000 1234 00 02 00 0800 00000000")))
  static let rdpTLS = Sample(
    "rdp", .answered,
    (.client, hexadecimal("03000013 0e e0 0000 0000 00 01 00 0800 03000000")),
    (.server, hexadecimal("03000013 0e d0 0000 1234 00 02 1f 0800 02000000")),
    (.client, hexadecimal("160301000401000000")))
  /// A client of RDP 4 has nothing of its own in the request: the MCS connect that follows is RDP's.
  static let rdpOld = Sample(
    "rdp", .answered,
    (.client, hexadecimal("0300000b 06 e0 0000 0000 00")),
    (.server, hexadecimal("0300000b 06 d0 0000 1234 00")),
    (
      .client,
      hexadecimal(
        "03000029 02 f0 80 7f65 820100 0401 0104 0101 0101ff 00 05 00 14 7c 00 01 0e 00 08 00 10 00 01 c0 00 'Duca'"
      )
    ))
  static let rdp = [rdpExample, rdpTLS, rdpOld]
}

@Suite struct RDPTests {
  @Test func `reads cookie and security protocol`() {
    #expect(Sample.rdpExample.fact(.cookie) == "eltons")
    #expect(Sample.rdpExample.fact(.dialect) == "rdp")
    #expect(Sample.rdpTLS.fact(.dialect) == "hybrid")
    #expect(Sample.rdpTLS.fact(.upgrade) == "tls")
  }

  @Test(arguments: [
    // A TSAP parameter (S7comm, MMS), another length, a protocol bit that there is not, a line without its end.
    "03000016 11 e0 0000 0001 00 c1 02 0100 c2 02 0102 c0 01 0a",
    "03000014 0e e0 0000 0000 00 01 00 0800 00000000 00",
    "03000013 0e e0 0000 0000 00 01 00 0800 00000080", "03000013 0e e0 0000 0000 00 'Cookie:x'",
    "04000013 0e e0 0000 0000 00 01 00 0800 00000000",
  ])
  func `a near miss is none`(bytes: String) {
    #expect(Recogniser.rdp.look(Conversation(.tcp, [(.client, hexadecimal(bytes))])) == .no)
  }

  @Test func `a request without anything of its own decides nothing`() {
    let bare = hexadecimal("0300000b 06 e0 0000 0000 00")
    #expect(Recogniser.rdp.look(Conversation(.tcp, [(.client, bare)])) == .undecided)
  }
}
