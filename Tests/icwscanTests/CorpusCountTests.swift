import Glibc
import Testing

/// Packets of the port in labelled captures that others recorded, beside what tcpdump counts.
@Suite(
  .enabled(
    if: unsafe getenv("ICWSCAN_CORPUS") != nil && Place.has("tcpdump"),
    "ICWSCAN_CORPUS names no folder of labelled captures, or tcpdump is not installed"))
struct CorpusCountTests {
  /// Captures in which tcpdump's filter can't see all packets of the port: encapsulations and IPv6's extension headers,
  /// sections and interfaces that it refuses, link types whose offsets it does not know, later fragments.
  private static let unseen: Set<String> = [
    "encap", "encap-real", "format", "linktype", "fragments",
  ]
  /// Where it counts a datagram whose fragments contradict each other: here that frame is told as not read.
  private static let contradicting = "udp-frag--zeek__zeek--fragmented-1.pcap"

  @Test func `Packets are counted as tcpdump counts them, and no fewer where it can't see them`()
    throws
  {
    let folder = unsafe String(cString: getenv("ICWSCAN_CORPUS"))
    let outcome = try Command.shell(
      """
      cd \(folder) && tail -n +2 index.tsv | cut -f 1 | while read file; do
      echo "$file $(tcpdump --count -nr "$file" 'port 3699' 2>/dev/null)"; done
      """)
    var theirs: [String: Int] = [:]
    for line in outcome.lines {
      let words = line.split(separator: " ")
      // What tcpdump can't read, such as a compressed file, has no number.
      if words.count > 2, let count = Int(words[1]) { theirs[String(words[0])] = count }
    }
    #expect(theirs.count > 1_000)
    let own = try TemporaryFolder()
    let list = own.file("list", Array((theirs.keys.sorted().joined(separator: "\n") + "\n").utf8))
    let ours = try Command.run(
      [Place.binary, "analyze", "--json", "--files-from", list], directory: folder)
    var counts: [String: Int] = [:]
    var tunnelled: Set<String> = []
    for record in try JSONText.records(ours.output) where record.kind == "flow" {
      let path = try #require(record["log.file.path"]?.string)
      counts[path, default: 0] += record["network.packets"]?.integer ?? 0
      if record["icwscan.path"] != nil { tunnelled.insert(path) }
    }
    var equal = 0
    for (path, count) in theirs {
      let own = counts[path] ?? 0
      if own == count {
        equal += 1
      } else if path.contains(Self.contradicting) {
        #expect(own == count - 1, "\(path)")
      } else {
        let kind = path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        #expect(own > count, "\(path): \(own), tcpdump \(count)")
        #expect(Self.unseen.contains(kind) || tunnelled.contains(path), "\(path): \(own), \(count)")
      }
    }
    #expect(equal > 900)
  }
}
