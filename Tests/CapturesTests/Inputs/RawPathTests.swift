import Captures
import Testing

/// Names of files keep every byte on their way through a string.
@Suite struct RawPathTests {
  static let names: [[UInt8]] = [
    [], Array("plain.pcap".utf8), Array("Grüße/日本🙂.pcap".utf8), [0xFF], [0x62, 0xFF, 0x64],
    [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    // A name that holds one of the marks itself.
    Array("\u{10FFFF}\u{10FF80}".utf8), [0xF4, 0x8F, 0xBF, 0xBF, 0xFF],
  ]

  @Test(arguments: names) func `a name comes back byte for byte`(_ name: [UInt8]) {
    #expect(RawPath.bytes(RawPath.text(name)) == name)
    #expect(RawPath.terminated(RawPath.text(name)) == name.map { CChar(bitPattern: $0) } + [0])
  }

  @Test(arguments: UInt8(0x80)...0xFF) func `every byte that is no text comes back`(_ byte: UInt8) {
    for name in [
      [byte], [0x61, byte], [byte, 0x61], [byte, byte, byte, byte], [0xC3, 0xA9, byte],
    ] {
      #expect(RawPath.bytes(RawPath.text(name)) == name)
    }
  }

  @Test func `names that are text are that text`() {
    #expect(RawPath.text(Array("Grüße 日本".utf8)) == "Grüße 日本")
    #expect(RawPath.bytes("Grüße 日本") == Array("Grüße 日本".utf8))
  }

  @Test func `two names that differ stay two`() {
    #expect(Set(Self.names.map(RawPath.text)).count == Self.names.count)
  }
}
