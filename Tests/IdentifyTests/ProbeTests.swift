import Packets
import Testing

@testable import Flows
@testable import Identify

/// Requests that only a scanner sends, and requests that say next to nothing.
@Suite struct ProbeTests {
  @Test func `Nmap's request for what is not there is nmap's, though it names no host`() {
    let probe = Exchange(.tcp, .client("GET /nice%20ports%2C/Tri%6Eity.txt%2ebak HTTP/1.0\r\n\r\n"))
    #expect(probe.identification.recognition?.tool == "nmap")
    let plain = Exchange(.tcp, .client("GET / HTTP/1.0\r\n\r\n"))
    #expect(plain.name == nil)
  }

  @Test func `Nmap's terminal server cookie is nmap's, another user's is not`() {
    func request(_ cookie: String) -> Exchange {
      let text = Array("Cookie: mstshash=\(cookie)\r\n".utf8)
      let length = UInt8(4 + 7 + text.count)
      let head: [UInt8] = [3, 0, 0, length, length - 5, 0xe0, 0, 0, 0, 0, 0]
      return Exchange(.tcp, .client(head + text))
    }
    #expect(request("nmap").identification.recognition?.tool == "nmap")
    #expect(request("alice").name == "rdp")
    #expect(request("alice").identification.recognition?.tool == nil)
  }

  @Test func `A time request of zeros needs a server's two times, moments apart`() {
    let asked: [UInt8] = [0x23] + Array(repeating: 0, count: 47)
    func answer(_ received: String, _ sent: String) -> [UInt8] {
      hexadecimal("24 02 00 e9 00000010 00000020 c0000201 e8a1b2c012345678 0000000000000000")
        + hexadecimal(received) + hexadecimal(sent)
    }
    let answered = answer("e8a1b2c312345678", "e8a1b2c312349999")
    #expect(Exchange(.udp, .client(asked), .server(answered)).name == "ntp")
    let late = answer("e8a1b2c312345678", "e8a1b2cf12349999")
    #expect(Exchange(.udp, .client(asked), .server(late)).name == nil)
    #expect(Exchange(.udp, .client(asked)).name == nil)
  }
}
