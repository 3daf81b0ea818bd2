import Flows
import Packets

@testable import Identify

extension BinarySample {
  /// Messengers, meetings and private networks.
  static let messengers: [BinarySample] = [
    BinarySample(
      "telegram", .udp, .proven,
      [
        (
          .client,
          hex("303132333435363738393a3b3c3d3e3ffffffffffffffffffffffffffeffffff0102030405060708")
        ),
        (
          .server,
          hex(
            """
            303132333435363738393a3b3c3d3e3fffffffffffffffffffffffffc77215c0605eb25e01020304
            05060708000000000000000000000000
            """)
        ),
      ],
      bent: [(1, 36, 0x1), (0, 3, 0x1), (0, 28, 0x1)]),
    BinarySample(
      "viber", .udp, .proven,
      [
        (.client, hex("05b819003518f5189864e44725252525252525252525252525252525252525252525")),
        (.server, hex("05b81a003518f5189864e4473232323232323232")),
      ],
      bent: [(1, 5, 0x1), (1, 0, 0x1), (0, 2, 0x1)]),
    BinarySample(
      "whatsapp", .tcp, .answered,
      [
        (.client, hex("57410105000003f80501000002f802")),
        (.server, hex("000002f8038000140101010101010101010101010101010101010101")),
      ], fact: (.version, "1.5"),
      bent: [(0, 0, 0x1), (1, 0, 0x40), (0, 2, 0x40)]),
    BinarySample(
      "xiaomi", .tcp, .proven,
      [
        (.client, hex("c2fe00050000000568656c6c6f1c4603df")),
        (.server, hex("c2fe0005000000000d2301c6")),
      ],
      bent: [(0, 9, 0x1), (0, 0, 0x1)]),
    BinarySample(
      "zoom", .udp, .proven,
      [
        (.client, hex("0100028042749a91ce6436b7c2aed87e7b7c90", zeros: 40)),
        (.server, hex("0200018042749a91ce6436b7c2aed87e7b7c90", zeros: 16)),
      ],
      bent: [(1, 3, 0x1), (0, 2, 0x1)]),
    // The same fields without an answer, some of them nested: their lengths add up to the end.
    BinarySample(
      "sdrtn", .udp, .oneSided,
      [
        (
          .client,
          hex("00d4d5320000210000000000") + hex("04") + Array("SNI".utf8) + hex("000500")
            + Array("a.b.cPDMD".utf8) + hex("0000") + Array("CPTO".utf8) + hex("1e00")
            + Array("NONC".utf8) + hex("040001020304") + Array("AEAD".utf8) + hex("0400")
            + Array("AESGKEXS".utf8) + hex("0400") + Array("P256CCRT".utf8) + hex("02000102")
        )
      ], fact: (.serverName, "a.b.c"), bent: [(0, 34, 0x01), (0, 40, 0x01), (0, 24, 0x20)]),
    BinarySample(
      "sdrtn", .udp, .proven,
      [
        (.client, hex("00d02857000021000000000004534e49000b00656467652e612e7465737450444d440000")),
        (.server, hex("00623f8400002300d02857000450454944040001000100")),
      ], fact: (.serverName, "edge.a.test"),
      bent: [(1, 8, 0x1), (0, 13, 0x1), (1, 13, 0x1)]),
    BinarySample(
      "discord", .udp, .proven,
      [
        (.client, hex("0001004600012345", zeros: 66)),
        (
          .server,
          hex(
            """
            00020046000123453139322e302e322e370000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000c350
            """)
        ),
      ], fact: (.answer, "192.0.2.7"),
      bent: [(1, 7, 0x1), (0, 3, 0x1), (1, 20, 0x1)]),
    BinarySample(
      "zerotier", .udp, .proven,
      [
        (
          .client,
          hex(
            """
            101112131415161789e92ceee53a46f1bf30007777777777777777010b0b0b0b0b0b0b0b0b0b0b0b
            0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b
            """)
        ),
        (
          .server,
          hex(
            """
            40414243444546473a46f1bf3089e92ceee5007777777777777777010b0b0b0b0b0b0b0b0b0b0b0b
            0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b
            """)
        ),
      ], fact: (.from, "3a46f1bf30"),
      bent: [(1, 8, 0x1), (1, 14, 0x1)]),
    BinarySample(
      "tailscale", .udp, .answered,
      [
        (
          .client,
          hex(
            """
            5453f09f92ac030a11181f262d343b424950575e656c737a81888f969da4abb2b9c0c7ced5dc090e
            13181d22272c31363b40454a4f54595e63686d72777c5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a
            5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a
            """)
        ),
        (
          .server,
          hex(
            """
            5453f09f92ac5a61686f767d848b9299a0a7aeb5bcc3cad1d8dfe6edf4fb020910171e252c331116
            1b20252a2f34393e43484d52575c61666b70757a7f845a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a
            5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a
            """)
        ),
      ],
      bent: [(0, 0, 0x1), (1, 5, 0x1)]),
  ]
}
