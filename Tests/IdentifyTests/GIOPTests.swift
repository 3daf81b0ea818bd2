import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  /// Version 1.0, most significant byte first: no contexts, request 1, key `k`, operation `hello`.
  static let giopFirst = Sample(
    "giop", .proven,
    (
      .client,
      hexadecimal(
        "'GIOP' 0100 00 00 00000024 00000000 00000001 01 000000 00000001 'k' 000000 00000006 'hello' 00 0000 00000000"
      )
    ),
    (.server, hexadecimal("'GIOP' 0100 00 01 0000000c 00000000 00000001 00000000")))
  /// Version 1.2, least significant byte first.
  static let giopSecond = Sample(
    "giop", .proven,
    (
      .client,
      hexadecimal(
        "'GIOP' 0102 01 00 24000000 05000000 03 000000 0000 0000 04000000 'root' 06000000 '_is_a' 00 0000 00000000"
      )
    ),
    (.server, hexadecimal("'GIOP' 0102 01 01 0c000000 05000000 02000000 00000000")))
  static let giopLocate = Sample(
    "giop", .proven,
    (.client, hexadecimal("'GIOP' 0100 01 03 0c000000 09000000 04000000 'root'")),
    (.server, hexadecimal("'GIOP' 0100 01 04 08000000 09000000 01000000")))
  static let giop = [giopFirst, giopSecond, giopLocate]
}

@Suite struct GIOPTests {
  @Test func `names operation and version`() {
    #expect(Sample.giopFirst.fact(.method) == "hello")
    #expect(Sample.giopSecond.fact(.method) == "_is_a")
    #expect(Sample.giopSecond.fact(.version) == "1.2")
    #expect(Sample.giopSecond.fact(.status) == "2")
  }

  @Test(arguments: [
    "'GIOP' 0200 00 00 0000000c 00000000 00000001 00000000",
    "'GIOP' 0104 00 01 0000000c 00000000 00000001 00000000",
    "'GIOP' 0100 00 09 0000000c 00000000 00000001 00000000",
    "'GIOP' 0100 00 01 0000000c 00000000 00000001 00000009",
    "'GIOP' 0100 00 05 00000001 00", "'GIOQ' 0100",
  ])
  func `a near miss is none`(bytes: String) {
    #expect(Recogniser.giop.look(Conversation(.tcp, [(.server, hexadecimal(bytes))])) == .no)
  }

  @Test func `a header alone decides nothing`() {
    let header = hexadecimal("'GIOP' 0100 00 00 00000028")
    #expect(Recogniser.giop.look(Conversation(.tcp, [(.client, header)])) == .undecided)
  }
}
