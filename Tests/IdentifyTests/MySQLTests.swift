import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  /// The greeting and the response that the protocol's description shows.
  static let mysqlGreeting = hexadecimal(
    """
    36 00 00 00 0a 35 2e 35 2e 32 2d 6d 32 00 0b 00 00 00 64 76 48 40 49 2d 43 4a 00 ff f7 08 02 00
    00 00 00 00 00 00 00 00 00 00 00 00 00 2a 34 64 7c 63 5a 77 6b 34 5e 5d 3a 00
    """)
  static let mysqlLogin = Sample(
    "mysql", .answered, (.server, mysqlGreeting),
    (
      .client,
      hexadecimal(
        """
        54 00 00 01 8d a6 0f 00 00 00 00 01 08 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        00 00 00 00 70 61 6d 00 14 ab 09 ee f6 bc b1 32 3e 61 14 38 65 c0 99 1d 95 7d 75 d4 47 74 65 73
        74 00 6d 79 73 71 6c 5f 6e 61 74 69 76 65 5f 70 61 73 73 77 6f 72 64 00
        """)
    ),
    (.server, hexadecimal("07 00 00 02 00 00 00 02 00 00 00")),
    (.client, hexadecimal("12 00 00 00 03 'SELECT VERSION()' 20")))
  static let mysqlTLS = Sample(
    "mysql", .answered, (.server, mysqlGreeting),
    (
      .client,
      hexadecimal("20 00 00 01 05 ae 03 00 00 00 00 01 08") + Array(repeating: 0, count: 23)
    ))
  static let mysqlRefused = Sample(
    "mysql", .oneSided,
    (
      .server,
      hexadecimal("3a 00 00 00 ff 6a 04 'Host 10.0.0.1 is not allowed to connect to this MySQL x'")
    ))
  static let mysqlMaria = Sample(
    "mysql", .oneSided,
    (
      .server,
      hexadecimal(
        "59 00 00 00 0a '5.5.5-10.6.12-MariaDB' 00 0b000000 'dvH@I-CJ' 00 fef7 08 0200 ffc1 15")
        + hexadecimal("000000000000 1d000000 '*4d|cZwk4^]:' 00 'mysql_native_password' 00")
    ))
  static let mysql = [mysqlLogin, mysqlTLS, mysqlRefused, mysqlMaria]
}

@Suite struct MySQLTests {
  @Test func `reads version, user, database and query`() {
    let sample = Sample.mysqlLogin
    #expect(sample.fact(.version) == "5.5.2-m2")
    #expect(sample.fact(.server) == "MySQL")
    #expect(sample.fact(.user) == "pam")
    #expect(sample.fact(.database) == "test")
    #expect(sample.fact(.message) == "SELECT VERSION() ")
    #expect(Sample.mysqlTLS.fact(.upgrade) == "tls")
    #expect(Sample.mysqlMaria.fact(.server) == "MariaDB")
    #expect(Sample.mysqlRefused.fact(.error)?.hasPrefix("Host 10.0.0.1 is not allowed") == true)
  }

  @Test func `recognises a query and its columns in the middle of a connection`() {
    var conversation = Conversation(
      .tcp,
      [
        (.client, hexadecimal("09 00 00 00 03 'SELECT 1'")),
        (
          .server,
          hexadecimal(
            "01 00 00 01 01 17 00 00 02 03 'def' 00 00 00 01 '1' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00"
          )
        ),
      ])
    conversation.client.beginsAtStart = false
    conversation.server.beginsAtStart = false
    #expect(Identification(of: conversation).recognition?.application == "mysql")
  }

  @Test(arguments: [3, 4, 26, 37])
  func `a greeting with a byte of its structure changed is none`(offset: Int) {
    var bytes = Sample.mysqlGreeting
    bytes[offset] = 0x51
    #expect(Recogniser.mysql.look(Conversation(.tcp, [(.server, bytes)])) == .no)
  }
}
