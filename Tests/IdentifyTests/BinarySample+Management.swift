import Flows
import Packets

@testable import Identify

extension BinarySample {
  /// Time, management, addresses, files.
  static let management: [BinarySample] = [
    // RFC 5905 section 7.3: the answer's origin timestamp is the request's transmit timestamp.
    BinarySample(
      "ntp", .udp, .proven,
      [
        (
          .client,
          hex(
            """
            23000000000000000000000000000000000000000000000000000000000000000000000000000000e5b1c2d3
            11223344
            """)
        ),
        (
          .server,
          hex(
            """
            240206e9000000dc000001ac93e76405e5b1c20000000000e5b1c2d311223344e5b1c2d351aa0000e5b1c2d3
            51bb0000
            """)
        ),
      ], fact: (.version, "4"), bent: [(1, 24, 0x01), (1, 0, 0x20)]),
    // RFC 5905: a bare request.
    BinarySample(
      "ntp", .udp, .oneSided,
      [
        (
          .client,
          hex(
            """
            1b000000000000000000000000000000000000000000000000000000000000000000000000000000e5b1c2d3
            11223344
            """)
        )
      ], bent: [(0, 8, 0x01), (0, 0, 0x18), (0, 1, 0x20)]),
    // RFC 9327: a control request and its response with the same sequence number.
    BinarySample(
      "ntp", .udp, .proven,
      [
        (.client, hex("160200010000000000000000")),
        (.server, hex("168200010615000000000004613d310a")),
      ], fact: (.message, "control"), bent: [(1, 3, 0x02), (1, 11, 0x08)]),
    // RFC 3416: get-request and response for sysDescr.0 with request identifier 17.
    BinarySample(
      "snmp", .udp, .answered,
      [
        (
          .client,
          hex("302602010104067075626c6963a019020111020100020100300e300c06082b060102010101000500")
        ),
        (
          .server,
          hex(
            "302802010104067075626c6963a21b0201110201000201003010300e06082b0601020101010004024f4b")
        ),
      ], fact: (.user, "public"), bent: [(0, 1, 0x01), (0, 4, 0x04), (1, 17, 0x01), (0, 13, 0x10)]),
    // RFC 3412 section 6: version 3, a report-able get without a user.
    BinarySample(
      "snmp", .udp, .oneSided,
      [
        (
          .client,
          hex(
            """
            3039020103300f020201f4020300ffe30401040201030410300e040002010002010004000400040030110400
            0400a00b0201110201000201003000
            """)
        )
      ], fact: (.version, "3"), bent: [(0, 1, 0x01), (0, 4, 0x04)]),
    // RFC 2131: DISCOVER and OFFER.
    BinarySample(
      "dhcp", .udp, .proven,
      [
        (
          .client,
          hex(
            """
            010106003903f326000000000000000000000000000000000000000000112233445500000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            00000000000000000000000000000000638253633501010c03626f78ff
            """)
        ),
        (
          .server,
          hex(
            """
            020106003903f326000000000000000000000000000000000000000000112233445500000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            00000000000000000000000000000000638253633501023604c0000201ff
            """)
        ),
      ], fact: (.clientID, "box"), bent: [(1, 5, 0x01), (0, 236, 0x01), (0, 0, 0x04)]),
    // RFC 8415: SOLICIT with a client identifier, ADVERTISE with both.
    BinarySample(
      "dhcpv6", .udp, .answered,
      [
        (.client, hex("01aabbcc0001000a000300010011223344550006000400170018000800020000")),
        (.server, hex("02aabbcc0001000a000300010011223344550002000a0003000166778899aabb")),
      ], fact: (.message, "SOLICIT"),
      bent: [(1, 3, 0x01), (0, 7, 0x01), (0, 0, 0x40), (0, 9, 0x08)]),
    // RFC 1350 with RFC 2347's options.
    BinarySample(
      "tftp", .udp, .consistent,
      [
        (.client, hex("0001626f6f742e696d67006f6374657400626c6b73697a65003134323800"))
      ], fact: (.path, "boot.img"), bent: [(0, 1, 0x08), (0, 11, 0x01), (0, 10, 0x01)]),
    // RFC 1350: a full block, acknowledged.
    BinarySample(
      "tftp", .udp, .answered,
      [
        (
          .client,
          hex(
            """
            0003000161616161616161616161616161616161616161616161616161616161616161616161616161616161
            6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161
            6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161
            6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161
            6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161
            6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161
            6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161
            6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161
            6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161
            6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161
            6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161
            6161616161616161616161616161616161616161616161616161616161616161
            """)
        ),
        (.server, hex("00040001")),
      ], bent: [(1, 3, 0x02), (1, 1, 0x08)]),
    // RFC 2865 section 7.1: an Access-Request and its Accept.
    BinarySample(
      "radius", .udp, .answered,
      [
        (
          .client,
          hex(
            """
            010000380f403f9473978057bd83d5cb98f4227a01066e656d6f02120dbe708d93d413ce3196e43f782a0aee
            0406c0a80110050600000003
            """)
        ),
        (
          .server,
          hex("0200002686fe220e7624ba2a1005f6bf9b55e0b20606000000010f06000000000e06c0a80103")
        ),
      ], fact: (.user, "nemo"), bent: [(1, 1, 0x01), (0, 3, 0x01), (0, 21, 0x01), (1, 0, 0x08)]),
    // RFC 7252 appendix A: a confirmable GET and its piggy-backed response.
    BinarySample(
      "coap", .udp, .answered,
      [
        (.client, hex("40017d34bb74656d7065726174757265")),
        (.server, hex("60457d34ff32322e332043")),
      ], fact: (.path, "/temperature"), bent: [(1, 3, 0x01), (0, 0, 0x80)]),
    // RFC 6690: resources are asked for.
    BinarySample(
      "coap", .udp, .oneSided,
      [
        (.client, hex("44011234a1a2a3a4bb2e77656c6c2d6b6e6f776e04636f7265"))
      ], fact: (.path, "/.well-known/core"), bent: [(0, 0, 0x80), (0, 8, 0x10), (0, 10, 0x60)]),
    // RFC 6886 section 3.2: the external address.
    BinarySample(
      "nat-pmp", .udp, .answered,
      [
        (.client, hex("0000")),
        (.server, hex("0080000000000010c0000201")),
      ], fact: (.status, "0"), bent: [(1, 0, 0x01), (1, 1, 0x01), (1, 2, 0x80)]),
    // RFC 6886 section 3.3: a mapping of port 3699.
    BinarySample(
      "nat-pmp", .udp, .answered,
      [
        (.client, hex("000200000e73000000000e10")),
        (.server, hex("00820000000000100e730e7400000e10")),
      ], bent: [(1, 8, 0x01), (1, 1, 0x40)]),
    // RFC 2608 section 8.1: a service request.
    BinarySample(
      "srvloc", .udp, .oneSided,
      [
        (
          .client,
          hex(
            """
            020100003120000000005bdc0002656e00000017736572766963653a6469726563746f72792d6167656e7400
            0000000000
            """)
        )
      ], fact: (.topic, "service:directory-agent"),
      bent: [(0, 0, 0x04), (0, 4, 0x01), (0, 14, 0x80)]),
    // XDMCP: a query for any authentication, and a display manager that is willing.
    BinarySample(
      "xdmcp", .udp, .answered,
      [
        (.client, hex("00010002000100")),
        (.server, hex("00010005000f00000004686f737400055265616479")),
      ], fact: (.host, "host"), bent: [(1, 5, 0x01), (0, 1, 0x02), (1, 9, 0x01)]),
    // IPMI 2.0 section 22.13: a request with both its checksums.
    BinarySample(
      "rmcp", .udp, .proven,
      [
        (.client, hex("0600ff07000000000000000000092018c88100388e04b5"))
      ], fact: (.message, "IPMI"), bent: [(0, 22, 0x01), (0, 13, 0x01), (0, 0, 0x01)]),
    // ASF 2.0 section 3.2.4.2: a presence ping.
    BinarySample(
      "rmcp", .udp, .oneSided,
      [
        (.client, hex("0600ff06000011be80000000"))
      ], fact: (.message, "ASF"), bent: [(0, 7, 0x01), (0, 11, 0x01)]),
  ]
}
