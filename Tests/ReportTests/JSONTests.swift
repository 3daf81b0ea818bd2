import Flows
import Packets
import Testing

@testable import Report

@Suite struct JSONTests {
  private func text(_ value: JSONValue) -> String {
    String(decoding: value.line.dropLast(), as: UTF8.self)
  }

  @Test func `names are sorted and nothing is spaced`() {
    #expect(
      text(.object(["b": 1, "a": [true, .null, "x"], "@": .object([:]), "c": nil]))
        == #"{"@":{},"a":[true,null,"x"],"b":1}"#)
  }

  @Test func `numbers`() {
    #expect(
      text([.number(2.5), .number(.infinity), .number(.nan), .unsigned(.max), -1])
        == "[2.5,null,null,18446744073709551615,-1]")
  }

  @Test func `strings are safe for a terminal`() {
    #expect(
      text("a\"\\\n\u{1b}[31m\u{9b}\u{202e}\u{e0041}é")
        == #""a\"\\\n\u001b[31m\u009b\u202e\udb40\udc41é""#)
    #expect(text(.bytes([0x61, 0xff, 0x1b])) == #""a\\xff\u001b""#)
  }

  @Test func `Community ID as its specification's examples have it`() {
    let ends: [(Transport, String, UInt16, String, UInt16, String)] = [
      (.tcp, "128.232.110.120", 34855, "66.35.250.204", 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="),
      (.tcp, "66.35.250.204", 80, "128.232.110.120", 34855, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="),
      (.udp, "192.168.1.52", 54585, "8.8.8.8", 53, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="),
    ]
    for (transport, one, port, other, otherPort, name) in ends {
      #expect(
        CommunityID.of(
          transport, Endpoint(IPAddress(one)!, port), Endpoint(IPAddress(other)!, otherPort))
          == name)
    }
  }

  @Test func `base64`() {
    #expect(Base64.text(Array("".utf8)) == "")
    #expect(Base64.text(Array("f".utf8)) == "Zg==")
    #expect(Base64.text(Array("fo".utf8)) == "Zm8=")
    #expect(Base64.text(Array("foobar".utf8)) == "Zm9vYmFy")
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (951_826_154_123_456_789, "2000-02-29T12:09:14.123Z"),
    (1_709_164_800_000_000_000, "2024-02-29T00:00:00.000Z"),
    (4_102_444_799_999_999_999, "2099-12-31T23:59:59.999Z"),
    (Int64.max, "2262-04-11T23:47:16.854Z"),
    (Int64.min, "1677-09-21T00:12:43.145Z"),
  ])
  func `times are RFC 3339 in UTC`(_ nanoseconds: Int64, _ text: String) {
    #expect(Times.rfc3339(Timestamp(nanoseconds: nanoseconds), digits: 3) == text)
  }
}
