import Captures
import Testing

@Suite struct CaptureNameTests {
  @Test(arguments: [
    ("a.pcap", true), ("old/A.PCAPNG", true), ("a.pcap.gz", true), ("a.cap.zst", true),
    ("trace.pcap12", true), ("a.pcap.12", false), ("a.pcap.txt", false), ("pcap", false),
    (".pcap", false), ("dir.pcap/readme", false), ("a.pcapx", false), ("a.gz", false), ("", false),
    ("a.snoop", true), ("a.capsule", false),
  ])
  func `A name ends as those of captures do, or not`(_ name: String, _ isOne: Bool) {
    #expect(CaptureName.isOne(name.utf8) == isOne)
  }
}
