import Flows
import Packets

@testable import Identify

extension BinarySample {
  /// Games and desktops.
  static let games: [BinarySample] = [
    // A2S_INFO.
    BinarySample(
      "source-engine", .udp, .answered,
      [
        (.client, hex("ffffffff54536f7572636520456e67696e6520517565727900")),
        (
          .server,
          hex("ffffffff49114120736572766572006d6170006469720047616d650000000000000000000000")
        ),
      ], fact: (.server, "A server"), bent: [(1, 4, 0x01), (0, 0, 0x01), (0, 6, 0x01)]),
    // Unconnected ping and pong.
    BinarySample(
      "raknet", .udp, .answered,
      [
        (.client, hex("01000000000000123400ffff00fefefefefdfdfdfd123456780001020304050607")),
        (.server, hex("1c0000000000001234010203040506070800ffff00fefefefefdfdfdfd123456780000")),
      ], bent: [(0, 9, 0x01), (0, 24, 0x01), (1, 17, 0x01)]),
    // KCP: a push, its acknowledgement and a push in one datagram.
    BinarySample(
      "kcp", .udp, .answered,
      [
        (.client, hex("0a000000510080000100000000000000000000000500000068656c6c6f")),
        (
          .server,
          hex(
            """
            0a00000052008000010000000000000001000000000000000a00000051008000010000000000000001000000
            020000006869
            """)
        ),
      ], bent: [(1, 0, 0x01), (0, 4, 0x08), (0, 20, 0x01), (1, 4, 0x08)]),
    // MS-RDPEUDP section 4.1.1: SYN and SYN+ACK.
    BinarySample(
      "rdpudp", .udp, .proven,
      [
        (.client, hex("ffffffff004000019fd6752b04d004d0", zeros: 1216)),
        (.server, hex("9fd6752b00400005c76d5c1704d004d0", zeros: 1216)),
      ], bent: [(1, 3, 0x01), (0, 12, 0x01)]),
    // A pack of two values each way.
    BinarySample(
      "softether", .udp, .answered,
      [
        (
          .client,
          hex(
            """
            00000002000000076f70636f64650000000200000001000000096765745f746f6b656e000000087665727369
            6f6e000000000000000100000001
            """)
        ),
        (
          .server,
          hex(
            """
            00000002000000036f6b000000000000000100000001000000076f70636f6465000000020000000100000009
            6765745f746f6b656e
            """)
        ),
      ], bent: [(0, 3, 0x02), (0, 7, 0x01), (0, 8, 0x80), (0, 17, 0x40)]),
    // The question for the own address.
    BinarySample(
      "softether", .udp, .answered,
      [
        (.client, hex("41")),
        (.server, hex("49503d3139322e302e322e372c504f52543d3531333831")),
      ], bent: [(1, 0, 0x01), (1, 12, 0x01), (0, 0, 0x02)]),
  ]
}
