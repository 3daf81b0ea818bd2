import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let postgresLogin = Sample(
    "postgresql", .answered,
    (.client, hexadecimal("00000008 04d2162f")),
    (.server, hexadecimal("'N'")),
    (.client, hexadecimal("0000001e 00030000 'user' 00 'ann' 00 'database' 00 'db' 00 00")),
    (.server, hexadecimal("'R' 0000000c 00000005 a1b2c3d4")),
    (.client, hexadecimal("'p' 00000028 'md5c3ab8ff13720e8ad9047dd39466b3c89' 00")),
    (
      .server,
      hexadecimal(
        "'R' 00000008 00000000 'S' 00000017 'server_version' 00 '9.6' 00 'Z' 00000005 'I'")
    ),
    (.client, hexadecimal("'Q' 0000000d 'select 1' 00")))
  static let postgresTLS = Sample(
    "postgresql", .answered, (.client, hexadecimal("00000008 04d2162f")),
    (.server, hexadecimal("'S'")),
    (.client, hexadecimal("16030100040100 0000")))
  static let postgresRefused = Sample(
    "postgresql", .answered,
    (.client, hexadecimal("00000013 00030000 'user' 00 'zeek' 00 00")),
    (.server, hexadecimal("'E' 0000001c 'SFATAL' 00 'C28000' 00 'Mno role' 00 00")))
  static let postgresCancel = Sample(
    "postgresql", .oneSided, (.client, hexadecimal("00000010 04d2162e 00001234 5678abcd")))
  static let postgresql = [postgresLogin, postgresTLS, postgresRefused, postgresCancel]
}

@Suite struct PostgreSQLTests {
  @Test func `reads user, database, version and query`() {
    let sample = Sample.postgresLogin
    #expect(sample.fact(.user) == "ann")
    #expect(sample.fact(.database) == "db")
    #expect(sample.fact(.server) == "PostgreSQL 9.6")
    #expect(sample.fact(.version) == "3.0")
    #expect(sample.fact(.status) == "md5")
    #expect(sample.fact(.message) == "select 1")
    #expect(Sample.postgresTLS.fact(.upgrade) == "tls")
    #expect(Sample.postgresRefused.fact(.error) == "no role")
  }

  @Test func `recognises a query and its answer in the middle of a connection`() {
    var conversation = Conversation(
      .tcp,
      [
        (.client, hexadecimal("'Q' 0000000d 'select 1' 00")),
        (
          .server,
          hexadecimal("'D' 0000000b 0001 00000001 '1' 'C' 0000000d 'SELECT 1' 00 'Z' 00000005 'I'")
        ),
      ])
    conversation.client.beginsAtStart = false
    conversation.server.beginsAtStart = false
    let recognition = Identification(of: conversation).recognition
    #expect(recognition?.application == "postgresql")
    #expect(recognition?.strength == .answered)
  }

  @Test(arguments: [
    // Another length, another code, no user, text without its end.
    "00000009 04d2162f 00", "00000008 04d21650", "00000011 00030000 'nobody' 00 00 00",
    "00000013 00030000 'user' 00 'zeek' 00 41", "00000013 00040000 'user' 00 'zeek' 00 00",
  ])
  func `a near miss is none`(bytes: String) {
    #expect(Recogniser.postgresql.look(Conversation(.tcp, [(.client, hexadecimal(bytes))])) == .no)
  }

  @Test(arguments: [
    "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 400 Bad Request\r\n", "NOTICE AUTH :hello\r\n",
  ])
  func `another server's answer to a scanner's request is none`(answer: String) {
    let conversation = Conversation(
      .tcp, [(.client, hexadecimal("00000008 04d2162f")), (.server, Array(answer.utf8))])
    #expect(Recogniser.postgresql.look(conversation) == .no)
  }
}
