import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let rsh = [
    Sample(
      "rsh", .answered, over: .tcp,
      (.client, hexadecimal("'1022' 00 'ann' 00 'root' 00 'uptime' 00")),
      (.server, hexadecimal("00 ' 12:00 up 1 day' 0a"))),
    Sample(
      "rsh", .answered, over: .tcp,
      (.client, hexadecimal("00 'ann' 00 'root' 00 'xterm/38400' 00")),
      (.server, hexadecimal("00 'login' 0a"))),
  ]
}

@Suite struct RemoteShellTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.rsh[0].fact(.message) == "uptime")
    #expect(Sample.rsh[0].fact(.user) == "ann")
    #expect(Sample.rsh[1].fact(.topic) == "xterm/38400")
  }
}
