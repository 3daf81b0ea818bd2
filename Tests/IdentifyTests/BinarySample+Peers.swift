import Flows
import Packets

@testable import Identify

extension BinarySample {
  /// Peer-to-peer networks.
  static let peers: [BinarySample] = [
    // Headers with a command and a sum.
    BinarySample(
      "bitcoin", .tcp, .proven,
      [
        (
          .client,
          hex(
            """
            f9beb4d976657273696f6e000000000066000000ab9d6be17f1101000900000000000000e5b1c25300000000
            0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            00000000000000000000000000000000102f5361746f7368693a302e31362e302f0000000000
            """)
        ),
        (.server, hex("f9beb4d976657261636b000000000000000000005df6e0e2")),
      ], fact: (.userAgent, "/Satoshi:0.16.0/"),
      bent: [(0, 20, 0x01), (0, 30, 0x01), (1, 20, 0x01), (0, 4, 0x20)]),
    // Levin: a handshake, asked and answered.
    BinarySample(
      "monero", .tcp, .answered,
      [
        (
          .client,
          hex(
            "01210101010101010a0000000000000001e903000000000000010000000100000001110101010102010100"
          )
        ),
        (
          .server,
          hex(
            "01210101010101010a0000000000000000e903000001000000020000000100000001110101010102010100"
          )
        ),
      ], fact: (.message, "1001"), bent: [(0, 0, 0x02), (0, 16, 0x02), (1, 3, 0x01)]),
    // Identification on both sides.
    BinarySample(
      "tinc", .tcp, .answered,
      [
        (.client, hex("3020616c7068612031372e370a31203934203634203020302041420a")),
        (.server, hex("3020626574612031372e370a31203934203634203020302043440a")),
      ], fact: (.user, "alpha"), bent: [(0, 0, 0x01), (0, 8, 0x04), (1, 7, 0x01)]),
    // EIP-8's own example of a ping.
    BinarySample(
      "ethereum", .udp, .proven,
      [
        (
          .client,
          hex(
            """
            e9614ccfd9fc3e74360018522d30e1419a143407ffcce748de3e22116b7e8dc92ff74788c0b6663aaa3d67d6
            41936511c8f8d6ad8698b820a7cf9e1be7155e9a241f556658c55428ec0563514365799a4be2be5a685a8097
            1ddcfa80cb422cdd0101ec04cb847f000001820cfa8215a8d790000000000000000000000000000000018208
            ae820d058443b9a3550102
            """)
        )
      ], fact: (.message, "Ping"),
      bent: [(0, 0, 0x01), (0, 40, 0x01), (0, 97, 0x08), (0, 120, 0x01)]),
    // RLPx with lengths: auth and ack.
    BinarySample(
      "ethereum", .tcp, .answered,
      [
        (
          .client,
          hex(
            """
            0190040b30557a9fc4e90e33587da2c7ec11365b80a5caef14395e83a8cdf2173c6186abd0f51a3f6489aed3
            f81d42678cb1d6fb20456a8fb4d9fe23486d92b7dc01264b7095badf04294e7398bde2072c51769bc0e50a2f
            54799ec3e80d32577ca1c6eb10355a7fa4c9ee13385d82a7ccf1163b6085aacff4193e6388add2f71c41668b
            b0d5fa1f44698eb3d8fd22476c91b6db00254a6f94b9de03284d7297bce1062b50759abfe4092e53789dc2e7
            0c31567ba0c5ea0f34597ea3c8ed12375c81a6cbf0153a5f84a9cef3183d6287acd1f61b40658aafd4f91e43
            688db2d7fc21466b90b5daff24496e93b8dd02274c7196bbe0052a4f7499bee3082d52779cc1e60b30557a9f
            c4e90e33587da2c7ec11365b80a5caef14395e83a8cdf2173c6186abd0f51a3f6489aed3f81d42678cb1d6fb
            20456a8fb4d9fe23486d92b7dc01264b7095badf04294e7398bde2072c51769bc0e50a2f54799ec3e80d3257
            7ca1c6eb10355a7fa4c9ee13385d82a7ccf1163b6085aacff4193e6388add2f71c41668bb0d5fa1f44698eb3
            d8fd22476c91
            """)
        ),
        (
          .server,
          hex(
            """
            012c04073c71a6db10457aafe4194e83b8ed22578cc1f62b6095caff34699ed3083d72a7dc11467bb0e51a4f
            84b9ee23588dc2f72c6196cb00356a9fd4093e73a8dd12477cb1e61b5085baef24598ec3f82d6297cc01366b
            a0d50a3f74a9de13487db2e71c5186bbf0255a8fc4f92e6398cd02376ca1d60b4075aadf14497eb3e81d5287
            bcf1265b90c5fa2f6499ce03386da2d70c4176abe0154a7fb4e91e5388bdf2275c91c6fb30659acf04396ea3
            d80d4277ace1164b80b5ea1f5489bef3285d92c7fc31669bd0053a6fa4d90e4378ade2174c81b6eb20558abf
            f4295e93c8fd32679cd1063b70a5da0f4479aee3184d82b7ec21568bc0f52a5f94c9fe33689dd2073c71a6db
            10457aafe4194e83b8ed22578cc1f62b6095caff34699ed3083d72a7dc11467bb0e51a4f84b9
            """)
        ),
      ], bent: [(0, 1, 0x01), (0, 2, 0x01), (1, 1, 0x01), (1, 2, 0x04)]),
  ]
}
