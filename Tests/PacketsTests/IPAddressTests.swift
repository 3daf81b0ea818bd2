import Packets
import Testing

@Suite struct IPAddressTests {
  @Test(
    arguments: [
      ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("::", "::"), ("::1", "::1"), ("1::", "1::"),
      ("fe80::1:2:3:4", "fe80::1:2:3:4"), ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
      ("2001:0DB8::0001", "2001:db8::1"), ("192.0.2.255", "192.0.2.255"),
      ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
      ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"),
    ])
  func `an address is written as RFC 5952 says`(text: String, canonical: String) {
    #expect(IPAddress(text)?.description == canonical)
  }

  @Test(
    arguments: [
      "", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "256.0.0.1", "1.2.3",
      "1.2.3.4.5", "1.2.3.+4",
      "g::", "12345::", "1.2.3.4:80", "::1.2.3", " 1.2.3.4", "1:2:3:4:5:6:7::8:9", "1.2.3.4::",
    ])
  func `what is no address is refused`(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func `a prefix contains its first and last address and no neighbour`() throws {
    let prefix = try #require(Prefix("77.160.0.0/12"))
    #expect(prefix.contains(try #require(IPAddress("77.160.0.0"))))
    #expect(prefix.contains(try #require(IPAddress("77.175.255.255"))))
    #expect(prefix.contains(try #require(IPAddress("::ffff:77.161.0.1"))))
    #expect(!prefix.contains(try #require(IPAddress("77.176.0.0"))))
    #expect(!prefix.contains(try #require(IPAddress("2001:db8::1"))))
    #expect(Prefix("77.160.0.1/12") == nil)
    #expect(Prefix("1.2.3.4/33") == nil)
    #expect(Prefix("::/0")?.contains(IPAddress(v6: .max)) == true)
  }
}
