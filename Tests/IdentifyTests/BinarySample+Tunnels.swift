import Flows
import Packets

@testable import Identify

extension BinarySample {
  /// Tunnels and their keys.
  static let tunnels: [BinarySample] = [
    // RFC 7348 section 5: the header, an Ethernet frame, an IPv4 packet.
    BinarySample(
      "vxlan", .udp, .consistent,
      [
        (
          .client,
          hex(
            """
            0800000000002a0000112233445566778899aabb080045000020000100004011f6c8c0000201c000020210e1
            1f90000c000061626364
            """)
        )
      ], fact: (.session, "VNI 42"),
      bent: [(0, 0, 0x08), (0, 20, 0x02), (0, 24, 0x01), (0, 37, 0x01)]),
    // RFC 8926 section 3.4: one option without data, an Ethernet frame.
    BinarySample(
      "geneve", .udp, .consistent,
      [
        (
          .client,
          hex(
            """
            0100655800002a000102030000112233445566778899aabb080045000020000100004011f6c8c0000201c000
            020210e11f90000c000061626364
            """)
        )
      ], fact: (.session, "VNI 42"),
      bent: [(0, 0, 0x40), (0, 1, 0x01), (0, 2, 0x01), (0, 24, 0x08), (0, 7, 0x01)]),
    // RFC 4380: a packet from Teredo's prefix.
    BinarySample(
      "teredo", .udp, .consistent,
      [
        (
          .client,
          hex(
            """
            60000000000c114020010000c0000201000000000000000020010db800000000000000000000000110e11f90
            000c000061626364
            """)
        )
      ], bent: [(0, 0, 0x20), (0, 5, 0x01), (0, 8, 0x10)]),
    // 3GPP TS 29.281: an echo request and its response.
    BinarySample(
      "gtp", .udp, .answered,
      [
        (.client, hex("320100040000000012340000")),
        (.server, hex("3202000600000000123400000e01")),
      ], bent: [(1, 9, 0x01), (0, 3, 0x01), (0, 0, 0x80)]),
    // 3GPP TS 29.281 section 7.3.1: a user packet.
    BinarySample(
      "gtp", .udp, .consistent,
      [
        (
          .client,
          hex("30ff00200000000145000020000100004011f6c8c0000201c000020210e11f90000c000061626364")
        )
      ], fact: (.message, "G-PDU"), bent: [(0, 3, 0x01), (0, 8, 0x80), (0, 0, 0x10)]),
    // 3GPP TS 29.274: a Create Session Request with two information elements.
    BinarySample(
      "gtp", .udp, .oneSided,
      [
        (.client, hex("4820001900000000000101000100080021436587092143650300010011"))
      ], fact: (.version, "2"), bent: [(0, 3, 0x01), (0, 14, 0x01), (0, 0, 0x01)]),
    // 3GPP TS 29.274 section 5.5.1: a response with a request behind it.
    BinarySample(
      "gtp", .udp, .oneSided,
      [
        (.client, hex("5821000e0000000100000100020002001000485f000d00000001000002004900010005"))
      ], bent: [(0, 3, 0x01), (0, 14, 0x01), (0, 18, 0x20), (0, 21, 0x01)]),
    // 3GPP TS 32.295: an echo request of version 2 with its header of six bytes.
    BinarySample(
      "gtp-prime", .udp, .answered,
      [
        (.client, hex("4e0100000007")),
        (.server, hex("4e02000200070e01")),
      ], bent: [(1, 5, 0x01), (0, 3, 0x02)]),
    // 3GPP TS 29.244: an association, asked for and granted.
    BinarySample(
      "pfcp", .udp, .answered,
      [
        (.client, hex("2005001500000100003c000500c000020100600004e5b1c2d3")),
        (.server, hex("2006001a00000100003c000500c000020100600004e5b1c2d30013000101")),
      ], bent: [(1, 6, 0x01), (0, 3, 0x01), (0, 11, 0x01)]),
    // RFC 2661 section 6.1: a start request that assigns tunnel 0x4242, a reply to it.
    BinarySample(
      "l2tp", .udp, .proven,
      [
        (
          .client,
          hex(
            """
            c8020038000000000000000080080000000000018008000000020100800a0000000300000003800a00000007
            626f78318008000000094242
            """)
        ),
        (.server, hex("c802001442420000000000018008000000000002")),
      ], fact: (.host, "box1"), bent: [(1, 5, 0x01), (0, 3, 0x01), (0, 19, 0x80), (0, 15, 0x01)]),
    // OpenVPN without tls-auth: two resets.
    BinarySample(
      "openvpn", .udp, .proven,
      [
        (.client, hex("38a5f634996d295c250000000000")),
        (.server, hex("407edee5b2e2c1287e0100000000a5f634996d295c2500000000")),
      ], bent: [(1, 14, 0x01), (1, 0, 0x40)]),
    // The same behind lengths.
    BinarySample(
      "openvpn", .tcp, .proven,
      [
        (.client, hex("000e38a5f634996d295c250000000000")),
        (.server, hex("001a407edee5b2e2c1287e0100000000a5f634996d295c2500000000")),
      ], bent: [(1, 16, 0x01), (0, 1, 0x01)]),
    // RFC 7296 section 1.2: IKE_SA_INIT and its response.
    BinarySample(
      "isakmp", .udp, .proven,
      [
        (
          .client,
          hex(
            """
            cd7bae2d4bfda73e00000000000000002120220800000000000000382200000c000000080101000028000008
            000e000000000008a1a2a3a4
            """)
        ),
        (
          .server,
          hex(
            """
            cd7bae2d4bfda73e8e7779464044673e2120222000000000000000382200000c000000080101000028000008
            000e000000000008a1a2a3a4
            """)
        ),
      ], fact: (.version, "IKEv2"),
      bent: [(1, 3, 0x01), (0, 27, 0x01), (0, 17, 0x01), (0, 31, 0x01)]),
  ]
}
