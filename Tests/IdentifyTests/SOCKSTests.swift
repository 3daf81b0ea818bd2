import Packets
import Testing

@testable import Flows
@testable import Identify

@Suite struct SOCKSTests {
  static let host = Array("example.com".utf8)
  static let request: [UInt8] = [5, 1, 0, 3, 11] + host + [0, 80]
  static let good = [
    Exchange(
      .tcp, .client([5, 1, 0]), .server([5, 0]), .client(request),
      .server([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]), .client("GET / HTTP/1.1\r\nHost: a\r\n\r\n")),
    Exchange(
      .tcp, .client([5, 2, 0, 2]), .server([5, 2]),
      .client([1, 5] + Array("alice".utf8) + [3] + Array("pwd".utf8)), .server([1, 0]),
      .client(request), .server([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])),
    Exchange(
      .tcp, .client([4, 1, 0, 80, 66, 102, 7, 99] + Array("Fred".utf8) + [0]),
      .server([0, 0x5a, 0, 0, 0, 0, 0, 0])),
    Exchange(
      .tcp, .client([4, 1, 0, 80, 0, 0, 0, 1] + Array("Fred".utf8) + [0] + host + [0]),
      .server([0, 0x5b, 0, 0, 0, 0, 0, 0])),
  ]

  @Test(arguments: good)
  func `requests and replies are SOCKS`(exchange: Exchange) {
    #expect(exchange.name == "socks")
    #expect(exchange.identification.recognition?.strength == .answered)
    #expect(exchange.wrongNamesWhenCut(allowed: ["socks"]).isEmpty)
    #expect(exchange.reversed.opinion(of: .socks) == .no)
  }

  @Test func `destination and user are told`() {
    #expect(Self.good[0].fact(.host) == "example.com:80")
    #expect(Self.good[1].fact(.user) == "alice")
    #expect(Self.good[2].fact(.host) == "66.102.7.99:80")
    #expect(Self.good[3].fact(.host) == "example.com:80")
    #expect(Self.good[3].fact(.version) == "4a")
  }

  @Test func `methods alone are not enough`() {
    #expect(Exchange(.tcp, .client([5, 1, 0])).opinion(of: .socks) == .undecided)
    #expect(Exchange(.tcp, .client([5, 1, 0] + Self.request)).name == "socks")
  }

  @Test(arguments: [
    Exchange(.tcp, .client([5, 1, 0]), .server([5, 2])),
    Exchange(.tcp, .client([5, 2, 0, 0]), .server([5, 0])),
    Exchange(.tcp, .client([5, 1, 0]), .server([5, 0]), .client([4, 1, 0, 1])),
    Exchange(.tcp, .client([5, 1, 0]), .server([5, 0]), .client([5, 9, 0, 1])),
    Exchange(.tcp, .client([5, 1, 0x50]), .server([5, 0])),
    Exchange(.tcp, .client([4, 3, 0, 80, 1, 2, 3, 4, 0])),
    Exchange(.tcp, .client([4, 1, 0, 80, 1, 2, 3, 4, 0]), .server([0, 0x50, 0, 0, 0, 0, 0, 0])),
    Exchange(.tcp, .client([4, 1, 0, 80, 1, 2, 3, 4, 1, 2, 0])),
  ])
  func `what breaks the rules is not SOCKS`(exchange: Exchange) {
    #expect(exchange.opinion(of: .socks) == .no)
  }
}

@Suite struct SSHTests {
  static let packet: [UInt8] = [0, 0, 1, 44, 6, 20] + Array(repeating: 7, count: 60)
  static let example = Exchange(
    .tcp, .server("SSH-2.0-billsSSH_3.6.3q3\r\n"), .client("SSH-2.0-OpenSSH_9.6\r\n"),
    .client(packet), .server(packet))

  @Test func `identification strings and key exchange are SSH`() {
    #expect(Self.example.name == "ssh")
    #expect(Self.example.identification.recognition?.strength == .answered)
    #expect(Self.example.identification.recognition?.grounds.count == 4)
    #expect(Self.example.fact(.serverBanner) == "SSH-2.0-billsSSH_3.6.3q3")
    #expect(Self.example.wrongNamesWhenCut(allowed: ["ssh"]).isEmpty)
  }

  @Test func `a server's string is enough whatever it is sent`() {
    let exchange = Exchange(
      .tcp, .server("SSH-2.0-OpenSSH_7.4\r\n"), .client("GET / HTTP/1.0\r\n\r\n"),
      .server("Protocol mismatch.\n"))
    #expect(exchange.name == "ssh")
  }

  @Test(arguments: [
    "SSH-2.0\r\n", "SSH-3.0-x\r\n", "SSH-2.0-\r\n", "ssh-2.0-x\r\n", "SSH-2.0-a\u{1}\r\n",
  ])
  func `other strings are not SSH`(text: String) {
    #expect(Exchange(.tcp, .client(text)).opinion(of: .ssh) == .no)
  }

  @Test func `what is no packet behind the string denies it`() {
    let exchange = Exchange(
      .tcp, .client("SSH-2.0-a\r\n"), .client([0xff, 0xff, 0xff, 0xff, 6, 20, 1, 1]))
    #expect(exchange.opinion(of: .ssh) == .no)
  }

  @Test func `Nmap's probe is told`() {
    let exchange = Exchange(
      .tcp, .server("SSH-2.0-a\r\n"), .client("SSH-1.5-NmapNSE_1.0\n"))
    #expect(exchange.identification.recognition?.tool == "nmap")
  }
}

@Suite struct SSDPTests {
  /// UPnP Device Architecture 2.0 sections 1.2.2, 1.3.2 and 1.3.3.
  static let search = """
    M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 3\r\n\
    ST: ssdp:all\r\n\r\n
    """
  static let response = """
    HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\nLOCATION: http://a/d.xml\r\n\
    SERVER: OS/1 UPnP/2.0 p/1\r\nST: upnp:rootdevice\r\nUSN: uuid:1::upnp:rootdevice\r\n\r\n
    """
  static let notify = """
    NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNT: upnp:rootdevice\r\nNTS: ssdp:alive\r\n\
    USN: uuid:1\r\nLOCATION: http://a/d.xml\r\n\r\n
    """

  @Test(arguments: [
    Exchange(.udp, .client(search)), Exchange(.udp, .client(notify)),
    Exchange(.udp, .client(search), .server(response)), Exchange(.udp, .client(response)),
  ])
  func `searches, announcements and responses are SSDP`(exchange: Exchange) {
    #expect(exchange.name == "ssdp")
    #expect(exchange.wrongNamesWhenCut(allowed: ["ssdp"]).isEmpty)
  }

  @Test func `what they are about is told`() {
    let exchange = Exchange(.udp, .client(Self.search), .server(Self.response))
    #expect(exchange.fact(.topic) == "ssdp:all")
    #expect(exchange.fact(.server) == "OS/1 UPnP/2.0 p/1")
    #expect(exchange.identification.recognition?.strength == .answered)
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n",
    "M-SEARCH * HTTP/1.1\r\n\r\n", "OPTIONS sip:a SIP/2.0\r\nVia: a\r\n\r\n",
  ])
  func `other datagrams are not SSDP`(text: String) {
    #expect(Exchange(.udp, .client(text)).opinion(of: .ssdp) == .no)
  }
}
