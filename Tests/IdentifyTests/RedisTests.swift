import Packets
import Testing

@testable import Flows
@testable import Identify

@Suite struct RedisTests {
  static let command = "*2\r\n$4\r\nLLEN\r\n$6\r\nmylist\r\n"
  static let good = [
    Exchange(.tcp, .client(command), .server(":48293\r\n")),
    Exchange(.tcp, .client("PING\r\n"), .server("+PONG\r\n")),
    Exchange(
      .tcp, .client("*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n"),
      .server("%1\r\n$6\r\nserver\r\n$5\r\nredis\r\n")),
    Exchange(
      .tcp, .client("*3\r\n$4\r\nAUTH\r\n$5\r\nalice\r\n$3\r\npwd\r\n"),
      .server("-WRONGPASS invalid username-password pair or user is disabled.\r\n")),
    Exchange(
      .tcp, .client("*1\r\n$4\r\nINFO\r\n"),
      .server("$35\r\n# Server\r\nredis_version:7.2.4\r\nx:12\r\n\r\n")),
    Exchange(
      .tcp, .client("*2\r\n$9\r\nSUBSCRIBE\r\n$5\r\nfirst\r\n"),
      .server("*3\r\n$9\r\nsubscribe\r\n$5\r\nfirst\r\n:1\r\n")),
  ]

  @Test(arguments: good)
  func `commands and replies are Redis`(exchange: Exchange) {
    #expect(exchange.name == "redis")
    #expect(exchange.identification.recognition?.strength == .answered)
  }

  @Test(arguments: good)
  func `cut it is Redis or nothing`(exchange: Exchange) {
    #expect(exchange.wrongNamesWhenCut(allowed: ["redis"]).isEmpty)
  }

  @Test(arguments: good)
  func `the wrong way round it is not Redis`(exchange: Exchange) {
    #expect(exchange.reversed.opinion(of: .redis) == .no)
  }

  @Test func `facts are told, passwords are not`() {
    #expect(Self.good[3].fact(.user) == "alice")
    #expect(Self.good[3].fact(.error)?.hasPrefix("WRONGPASS") == true)
    #expect(
      Self.good[3].identification.recognition?.facts.contains { $0.value.contains("pwd") } == false)
    #expect(Self.good[4].fact(.version) == "7.2.4")
    #expect(Self.good[5].fact(.topic) == "first")
  }

  @Test func `a whole known command is enough, an unknown one is not`() {
    #expect(Self.good[0].only(.client).name == "redis")
    #expect(Exchange(.tcp, .client("*1\r\n$4\r\nfrob\r\n")).opinion(of: .redis) == .undecided)
    #expect(Exchange(.tcp, .client("PING\r\n")).opinion(of: .redis) == .undecided)
  }

  @Test(arguments: [
    "*2\r\n$4\r\nLLEN\r\n$5\r\nmylist\r\n", "*2\r\n$4\r\nLLENx\r\n", "*x\r\n", "*2\r\n:4\r\n",
    "*1\r\n$-1\r\n", "*0\r\n", "howdy world\r\n", "*1\n$4\nPING\n",
  ])
  func `what breaks the lengths is not Redis`(text: String) {
    #expect(Exchange(.tcp, .client(text)).opinion(of: .redis) == .no)
  }

  @Test func `POP3 is not Redis`() {
    let exchange = Exchange(
      .tcp, .server("+OK ready\r\n"), .client("QUIT\r\n"), .server("+OK bye\r\n"))
    #expect(exchange.opinion(of: .redis) == .no)
  }

  @Test func `Redis scolds a web browser and is still Redis`() {
    let exchange = Exchange(
      .tcp, .client("GET / HTTP/1.0\r\n\r\n"),
      .server("-ERR wrong number of arguments for 'get' command\r\n"))
    #expect(exchange.name == "redis")
  }

  @Test func `nesting is bounded`() {
    let deep = String(repeating: "*1\r\n", count: 4000)
    #expect(Exchange(.tcp, .client("*1\r\n$4\r\nKEYS\r\n"), .server(deep)).name == nil)
  }
}
