import Packets
import Testing

/// Moments as people type them.
@Suite struct TimestampTextTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("2003-05-01", 1_051_747_200), ("2003-05-01T10:00", 1_051_783_200),
    ("2003-05-01 10:00:30", 1_051_783_230), ("2003-05-01T10:00:30Z", 1_051_783_230),
    ("2003-05-01t12:00:30+02:00", 1_051_783_230), ("2003-05-01T05:00:30-05:00", 1_051_783_230),
    ("2004-02-29", 1_078_012_800), ("2000-02-29T23:59:60z", 951_868_800), ("1969-12-31", -86_400),
  ])
  func `A day or an RFC 3339 time is read, UTC where no offset is told`(
    text: String, seconds: Int64
  ) {
    #expect(Timestamp(text) == Timestamp(seconds: seconds, nanoseconds: 0))
  }

  @Test func `Fractions are kept to the nanosecond`() {
    #expect(
      Timestamp("1970-01-01T00:00:01.5Z") == Timestamp(seconds: 1, nanoseconds: 500_000_000))
    #expect(
      Timestamp("1970-01-01T00:00:01.1234567899Z")
        == Timestamp(seconds: 1, nanoseconds: 123_456_789))
  }

  @Test(arguments: [
    "", "2003", "2003-5-1", "2003-13-01", "2003-00-10", "2003-02-29", "1900-02-29", "2003-05-32",
    "2003-05-01T", "2003-05-01T24:00Z", "2003-05-01T10:60", "2003-05-01T10:00:61",
    "2003-05-01T10:00:00.", "2003-05-01T10:00:00+2", "2003-05-01T10:00:00+24:00",
    "2003-05-01Z", "9999-01-01", "2003-05-01T10:00:00Zz", "２003-05-01",
  ])
  func `Anything else is none`(text: String) {
    #expect(Timestamp(text) == nil)
  }
}
