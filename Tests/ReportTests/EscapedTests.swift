import Testing

@testable import Report

@Suite struct EscapedTests {
  @Test(arguments: [
    ("plain text", "plain text"), ("\u{1b}[31m", "\\x1b[31m"), ("a)\nb", "a)\\nb"),
    ("tab\there", "tab\\there"),
    ("\u{7f}", "\\x7f"), ("\u{9b}31m", "\\u{9b}31m"), ("\u{202e}cod", "\\u{202e}cod"),
    ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
    ("\u{200e}\u{200f}\u{61c}", "\\u{200e}\\u{200f}\\u{61c}"),
    ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"), ("zero\u{200b}width", "zero\\u{200b}width"),
    ("\u{feff}", "\\u{feff}"), ("\u{e0041}", "\\u{e0041}"), ("\u{3164}", "\\u{3164}"),
    ("\u{ad}", "\\u{ad}"),
    ("C:\\x1b", "C:\\\\x1b"), ("Grüße 日本 🙂", "Grüße 日本 🙂"), ("", ""),
  ])
  func `what is hidden is shown`(_ raw: String, _ shown: String) {
    #expect(Escaped.text(raw) == shown)
    #expect(Escaped.text(Array(raw.utf8)) == shown)
  }

  @Test(
    arguments: [
      ([0xff], "\\xff"), ([0x61, 0xc3], "a\\xc3"), ([0xc3, 0x28], "\\xc3("),
      ([0xe2, 0x82], "\\xe2\\x82"),
      ([0xed, 0xa0, 0x80], "\\xed\\xa0\\x80"), ([0xf0, 0x9f, 0x99, 0x82, 0x80], "🙂\\x80"),
      ([0xc0, 0xaf], "\\xc0\\xaf"), ([0x9b, 0x33], "\\x9b3"),
      ([0xf5, 0x80, 0xc3, 0xa9], "\\xf5\\x80é"),
    ] as [([UInt8], String)])
  func `bytes that are no UTF-8 are shown`(_ raw: [UInt8], _ shown: String) {
    #expect(Escaped.text(raw) == shown)
  }

  @Test func `a text of our own with others' in it is escaped once`() {
    let text = "can't read a\\x1bb: \u{1b}[31m\u{202e}"
    #expect(Escaped.visible(Array(text.utf8)) == "can't read a\\x1bb: \\x1b[31m\\u{202e}")
    #expect(Escaped.visible([0x61, 0xff]) == "a\\xff")
  }

  @Test func `no byte is lost`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let raw = (0..<12).map { _ in UInt8.random(in: 0...255, using: &random) }
      var back: [UInt8] = []
      Escaped.scan(raw) {
        back += Array(String(Character($0)).utf8)
      } invalid: {
        back.append($0)
      }
      #expect(back == raw)
    }
  }

  @Test func `arguments with spaces are quoted`() {
    let arguments = ["sh", "-c", "echo it's", "", "a=b"].map { Array($0.utf8) }
    #expect(Escaped.command(arguments) == "sh -c 'echo it'\\''s' '' a=b")
  }

  @Test func `cutting`() {
    #expect(Escaped.cut("abcdef", to: 4) == "abc\u{2026}")
    #expect(Escaped.cutInside("abcdefghij", to: 7) == "abcd\u{2026}ij")
    #expect(
      Escaped.cutInside("abcdef", to: 6) == "abcdef"
        && Escaped.cutInside("abc", to: 1) == "\u{2026}")
    #expect(Escaped.cut("abcd", to: 4) == "abcd")
    #expect(Escaped.cut("abcd", to: nil) == "abcd")
    #expect(Escaped.cut("abcd", to: 0) == "")
  }
}
