import Flows
import Packets

@testable import Identify

extension BinarySample {
  /// Devices, clusters and tools.
  static let devices: [BinarySample] = [
    BinarySample(
      "elasticsearch", .tcp, .proven,
      [
        (.client, hex("455300000010000000000000000108006d6a27000000")),
        (.server, hex("455300000010000000000000000109006d6a27000000")),
      ], fact: (.version, "7.17.5"),
      bent: [(0, 0, 0x1), (1, 13, 0x2), (0, 15, 0x80)]),
    BinarySample(
      "dropbox-lsp", .udp, .consistent,
      [
        (
          .client,
          hex(
            """
            7b22686f73745f696e74223a2031323334352c202276657273696f6e223a205b322c20305d2c2022
            646973706c61796e616d65223a2022222c2022706f7274223a2031373530302c20226e616d657370
            61636573223a205b312c20325d7d
            """)
        )
      ], fact: (.version, "2.0"),
      bent: [(0, 0, 0x1), (0, 2, 0x1)]),
    BinarySample(
      "atg", .tcp, .proven,
      [
        (.client, hex("014932303130300d0a")),
        (.server, hex("010d0a4932303130300d0a4e4f562032342c20323032362030313a303020414d0d0a03")),
      ], fact: (.method, "I20100"),
      bent: [(1, 4, 0x1), (0, 0, 0x2)]),
    BinarySample(
      "ookla", .tcp, .answered,
      [
        (.client, hex("48490a")),
        (.server, hex("48454c4c4f20322e3420323031362d31302d30362e313332342e393936616239310a")),
      ], fact: (.version, "2.4"),
      bent: [(1, 0, 0x20), (0, 0, 0x20), (1, 6, 0x40)]),
    BinarySample(
      "raft", .tcp, .consistent,
      [
        (
          .client,
          hex("0100000000000000020000000000000010000000000000003132372e302e302e313a393030320000")
        ),
        (
          .client,
          hex("04000000000000001800000000000000060000000000000001000000000000000100000000000000")
        ),
        (
          .client,
          hex(
            """
            020000000000000020000000000000000600000000000000c700000000000000c600000000000000
            0000000000000000
            """)
        ),
      ], fact: (.host, "127.0.0.1:9002"),
      bent: [(0, 0, 0x2), (1, 8, 0x1)]),
    BinarySample(
      "ubntac2", .udp, .consistent,
      [
        (
          .client,
          hex("0206002401000600010203040502000a0001020304050607080903000476342e330b000467617465")
        )
      ], fact: (.host, "gate"),
      bent: [(0, 3, 0x1), (0, 6, 0x1), (0, 0, 0x4)]),
    BinarySample(
      "nestlogsink", .tcp, .proven,
      [
        (.client, hex("1c000013010000006ae379020030b418040000000230b418110a00000000")),
        (.server, hex("1c00001302000000040000000230b4186ae379020030b418100b00000000")),
      ], fact: (.from, "18b430000279e36a"),
      bent: [(1, 8, 0x1), (0, 15, 0x1), (0, 3, 0x10)]),
    BinarySample(
      "tuya", .tcp, .proven,
      [
        (.client, hex("000055aa000000010000000a000000147b2267774964223a2261227d5577bb250000aa55")),
        (.server, hex("000055aa000000010000000a0000001000000000646174617232277d0000aa55")),
      ], fact: (.method, "command 10"),
      bent: [(0, 0, 0x1), (0, 35, 0x1), (1, 30, 0x1)]),
    BinarySample(
      "nano", .tcp, .answered,
      [
        (
          .client,
          hex("52431313120a01003131313131313131313131313131313131313131313131313131313131313131")
        ),
        (
          .server,
          hex(
            """
            52431313120a02004141414141414141414141414141414141414141414141414141414141414141
            41414141414141414141414141414141414141414141414141414141414141414141414141414141
            414141414141414141414141414141414141414141414141
            """)
        ),
      ], fact: (.version, "19"),
      bent: [(0, 0, 0x1), (0, 4, 0x20), (1, 5, 0x40)]),
    BinarySample(
      "cnip", .udp, .answered,
      [
        (.client, hex("00180101000012340000000500000001000003e901020304")),
        (.server, hex("00140170000012340000000600000001000003e9")),
      ],
      bent: [(0, 1, 0x1), (0, 2, 0x2), (1, 3, 0x8)]),
    BinarySample(
      "teamviewer", .tcp, .answered,
      [(.client, hex("172410040061626364")), (.server, hex("17241102006162"))],
      bent: [(0, 0, 0x1), (1, 1, 0x1)]),
    BinarySample(
      "flute", .udp, .consistent,
      [(.client, hex("10a00500000000000000000700000000c0100001000000003c3f786d6c"))],
      fact: (.session, "TSI 7"),
      bent: [(0, 2, 0x1), (0, 16, 0x1), (0, 0, 0x20)]),
    BinarySample(
      "uftp", .udp, .consistent,
      [
        (.client, hex("50010001c0000201e0000001010402000106", zeros: 22)),
        (.client, hex("50070002c0000201e00000010104020007040000000000000000000000000000")),
      ], fact: (.version, "5"),
      bent: [(0, 16, 0x1), (0, 15, 0x1), (1, 11, 0x7)]),
  ]
}
