import Flows
import Packets

@testable import Identify

extension BinarySample {
  /// Routing, monitoring, clocks.
  static let network: [BinarySample] = [
    // RFC 9301 sections 5.2 and 5.4: a request with one source and one record, and its reply.
    BinarySample(
      "lisp", .udp, .proven,
      [
        (.client, hex("10000001d896a41ae584b8dc000000010a000001002000010a000002")),
        (
          .server,
          hex("20000001d896a41ae584b8dc0000000501201000000000010a0000020164006400050001c0000201")
        ),
      ], fact: (.message, "Map-Request"), bent: [(1, 4, 0x01), (0, 3, 0x02), (0, 13, 0x08)]),
    // RFC 5415 sections 5.1 and 5.2: discovery.
    BinarySample(
      "capwap", .udp, .answered,
      [
        (.client, hex("00100200000000000000000107000d000014000100002c000102")),
        (.server, hex("00100200000000000000000207000d000014000100002c000102")),
      ], fact: (.message, "Discovery Request"), bent: [(0, 14, 0x01), (0, 19, 0x04), (0, 0, 0x02)]),
    // RFC 5416 section 2.2: a probe request with two elements, handed on as it came.
    BinarySample(
      "capwap", .udp, .oneSided,
      [
        (
          .client,
          hex("001003000000000040000000ffffffffffff02005e000001ffffffffffff10000000010402040b16")
        )
      ], bent: [(0, 35, 0x01), (0, 8, 0x0c), (0, 2, 0x01), (0, 1, 0x08)]),
    // NetFlow version 5: one record of 48 bytes.
    BinarySample(
      "netflow", .udp, .consistent,
      [
        (.client, hex("0005000100010000583de0570000000000000001", zeros: 52))
      ], fact: (.version, "5"), bent: [(0, 3, 0x01), (0, 1, 0x04), (0, 8, 0x40)]),
    // RFC 7011 section 3: a template set.
    BinarySample(
      "netflow", .udp, .consistent,
      [
        (
          .client,
          hex("000a0028583de05700000f5300000001000200180100000400080004000c000400070002000b0002")
        )
      ], fact: (.version, "IPFIX"), bent: [(0, 3, 0x04), (0, 17, 0x04), (0, 19, 0x01)]),
    // RFC 3954 section 5.
    BinarySample(
      "netflow", .udp, .consistent,
      [
        (.client, hex("0009000100010000583de0570000000100000000000000100100000200080004000c0004"))
      ], fact: (.version, "9"), bent: [(0, 1, 0x01), (0, 23, 0x01), (0, 21, 0x02)]),
    // sFlow 5: one counter sample.
    BinarySample(
      "sflow", .udp, .consistent,
      [
        (
          .client,
          hex(
            """
            0000000500000001c00002010000000000000001000100000000000100000002000000100000000000000000
            0000000000000000
            """)
        )
      ], fact: (.version, "5"), bent: [(0, 3, 0x02), (0, 7, 0x04), (0, 35, 0x04)]),
    // IEEE 1588-2008 clause 13.6: Delay_Req.
    BinarySample(
      "ptp", .udp, .consistent,
      [
        (
          .client,
          hex(
            "0102002c00000200000000000000000000000000a0369ffffe856e8a000104b3017f00000000000000000000"
          )
        )
      ], fact: (.message, "Delay_Req"),
      bent: [(0, 3, 0x01), (0, 1, 0x01), (0, 32, 0x02), (0, 0, 0x04), (0, 17, 0x01)]),
    // RFC 2453 section 4: one route.
    BinarySample(
      "rip", .udp, .consistent,
      [
        (.client, hex("02020000000200000a000000ff0000000000000000000001"))
      ], fact: (.version, "2"),
      bent: [(0, 1, 0x04), (0, 3, 0x01), (0, 5, 0x01), (0, 20, 0x01), (0, 23, 0x01)]),
    // RFC 5880 section 4.1: each repeats the other's discriminator.
    BinarySample(
      "bfd", .udp, .proven,
      [
        (.client, hex("208003180000000100000002000f4240000f42400007a120")),
        (.server, hex("208003180000000200000001000f4240000f42400007a120")),
      ], fact: (.status, "Init"), bent: [(0, 3, 0x01), (0, 0, 0x40), (0, 12, 0x40)]),
    // RFC 2281 section 5: a hello of the active router.
    BinarySample(
      "hsrp", .udp, .consistent,
      [
        (.client, hex("000010030a780100636973636f000000c0000201"))
      ], fact: (.session, "group 1"),
      bent: [(0, 0, 0x02), (0, 2, 0x02), (0, 3, 0x03), (0, 8, 0x80)]),
  ]
}
