import Flows
import Packets
import Testing

@testable import Identify

/// Fingerprints of clients against the values that their authors publish.
@Suite struct FingerprintTests {
  /// The ClientHello whose lists the JA4 technical details give, with a GREASE value in each list.
  static let hello: [UInt8] = {
    func numbers(_ values: [UInt16]) -> [UInt8] {
      values.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    }
    func vector(_ bytes: [UInt8]) -> [UInt8] { numbers([UInt16(bytes.count)]) + bytes }
    func field(_ type: UInt16, _ body: [UInt8]) -> [UInt8] { numbers([type]) + vector(body) }
    let ciphers: [UInt16] = [
      0x1a1a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013,
      0xc014, 0x009c, 0x009d, 0x002f, 0x0035,
    ]
    let algorithms: [UInt16] = [
      0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601,
    ]
    var list = field(0x2a2a, [])
    list += field(0, vector([0] + vector(Array("example.org".utf8))))
    for type: UInt16 in [0x17, 0xff01, 0x0a, 0x0b, 0x23] { list += field(type, []) }
    list += field(16, vector([2] + Array("h2".utf8) + [8] + Array("http/1.1".utf8)))
    list += field(5, []) + field(13, vector(numbers(algorithms)))
    for type: UInt16 in [0x12, 0x33, 0x2d] { list += field(type, []) }
    list += field(43, [6] + numbers([0x3a3a, 0x0304, 0x0303]))
    for type: UInt16 in [0x1b, 0x4469, 0x15] { list += field(type, []) }
    let random = [UInt8](repeating: 7, count: 32)
    return numbers([0x0303]) + random + [0] + vector(numbers(ciphers)) + [1, 0] + vector(list)
  }()

  @Test func `JA4 of the published example`() throws {
    let hello = try #require(ClientHello(Self.hello, isCut: false))
    #expect(hello.ja4(over: .tls) == "t13d1516h2_8daaf6152771_e5627efa2ab1")
    #expect(hello.ja4(over: .quic)?.hasPrefix("q13d1516h2_") == true)
  }

  @Test(arguments: 40..<hello.count)
  func `a hello that is cut has no JA4`(count: Int) {
    let hello = ClientHello(Array(Self.hello.prefix(count)), isCut: true)
    #expect(hello?.ja4(over: .tls) == nil)
  }

  @Test func `HASSH of both directions`() throws {
    func list(_ text: String) -> [UInt8] { [0, 0, 0, UInt8(text.utf8.count)] + Array(text.utf8) }
    var body: [UInt8] = [4, 20] + [UInt8](repeating: 9, count: 16)
    for text in [
      "curve25519-sha256", "ssh-ed25519", "aes128-ctr", "aes256-ctr", "hmac-sha2-256", "hmac-sha1",
      "none", "zlib", "", "",
    ] { body += list(text) }
    body += [0, 0, 0, 0, 0] + [0, 0, 0, 0]
    let packet = [0, 0, 0, UInt8(body.count)] + body
    let offer = try #require(SSHKeyExchange(packet, at: 0))
    #expect(offer.hassh(ofServer: false) == "e97d07603350d1111ec2b64bf25413c9")
    #expect(offer.hassh(ofServer: true) == "1d28bf246fed683b2556414dbd13cd28")
    for count in packet.indices {
      #expect(SSHKeyExchange(Array(packet.prefix(count)), at: 0) == nil)
    }
  }
}
