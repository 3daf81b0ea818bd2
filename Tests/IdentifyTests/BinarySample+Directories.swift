import Flows
import Packets

@testable import Identify

extension BinarySample {
  /// Directories and names.
  static let directories: [BinarySample] = [
    // RFC 4120 section 5.4: AS-REQ, and an error for want of pre-authentication.
    BinarySample(
      "kerberos", .udp, .answered,
      [
        (
          .client,
          hex(
            """
            6a3b3039a103020105a20302010aa42d302ba00703050050800000a111300fa003020101a10830061b046e65
            6d6fa20d1b0b4c414e2e4558414d504c45
            """)
        ),
        (
          .server,
          hex(
            """
            7e383036a003020105a10302011ea411180f32303236313132333231303030305aa503020100a603020119a9
            0d1b0b4c414e2e4558414d504c45
            """)
        ),
      ], fact: (.user, "nemo"), bent: [(0, 0, 0x80), (0, 8, 0x01), (0, 13, 0x01), (0, 1, 0x01)]),
    // Over TCP a length of four bytes stands in front.
    BinarySample(
      "kerberos", .tcp, .answered,
      [
        (
          .client,
          hex(
            """
            0000003d6a3b3039a103020105a20302010aa42d302ba00703050050800000a111300fa003020101a1083006
            1b046e656d6fa20d1b0b4c414e2e4558414d504c45
            """)
        ),
        (
          .server,
          hex(
            """
            0000003a7e383036a003020105a10302011ea411180f32303236313132333231303030305aa503020100a603
            020119a90d1b0b4c414e2e4558414d504c45
            """)
        ),
      ], fact: (.host, "LAN.EXAMPLE"), bent: [(0, 3, 0x01), (0, 4, 0x80), (0, 17, 0x01)]),
    // RFC 4511 section 4.2: a simple bind.
    BinarySample(
      "ldap", .tcp, .answered,
      [
        (.client, hex("3014020101600f0201030407636e3d6e656d6f800178")),
        (.server, hex("300c02010161070a010004000400")),
      ], fact: (.user, "cn=nemo"), bent: [(1, 4, 0x01), (0, 5, 0x40), (0, 0, 0x01), (0, 9, 0x04)]),
    // RFC 1798: a search without a connection.
    BinarySample(
      "ldap", .udp, .oneSided,
      [
        (
          .client,
          hex("3025020107632004000a01000a0100020100020100010100870b6f626a656374636c6173733000")
        )
      ], fact: (.message, "searchRequest"), bent: [(0, 5, 0x40), (0, 0, 0x01), (0, 11, 0x08)]),
    // DNSCrypt 2: the response repeats the client's half of the nonce.
    BinarySample(
      "dnscrypt", .udp, .proven,
      [
        (
          .client,
          hex(
            """
            3c140409c44ba9d80102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20a1a2a3a4
            a5a6a7a8a9aaabac000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223
            2425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f
            """)
        ),
        (
          .server,
          hex(
            """
            7236666e76576a38a1a2a3a4a5a6a7a8a9aaabacb1b2b3b4b5b6b7b8b9babbbc000102030405060708090a0b
            0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f
            """)
        ),
      ], bent: [(1, 8, 0x01), (1, 0, 0x01), (0, 40, 0x01)]),
    // Roughtime: a nonce and padding.
    BinarySample(
      "roughtime", .udp, .oneSided,
      [
        (
          .client,
          hex(
            """
            02000000400000004e4f4e43504144ff000102030405060708090a0b0c0d0e0f101112131415161718191a1b
            1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f
            """, zeros: 200)
        )
      ], bent: [(0, 0, 0x40), (0, 4, 0x01), (0, 8, 0x20), (0, 12, 0x20)]),
  ]
}
