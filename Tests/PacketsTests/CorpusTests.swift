import FoundationEssentials
import Packets
import Testing

/// Labelled captures that others recorded; their folder's name stands in ICWSCAN_CORPUS.
private let corpus = ProcessInfo.processInfo.environment["ICWSCAN_CORPUS"]

@Suite(.enabled(if: corpus != nil, "ICWSCAN_CORPUS is not set"))
struct CorpusTests {
  private func rows(_ name: String) throws -> [[String: String]] {
    let root = try #require(corpus)
    let text = String(
      decoding: try Data(contentsOf: URL(filePath: root + "/" + name)), as: UTF8.self)
    let lines = text.split(separator: "\n")
    let head = try #require(lines.first).split(separator: "\t", omittingEmptySubsequences: false)
    return lines.dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      return Dictionary(
        zip(head.map(String.init), cells.map(String.init)), uniquingKeysWith: { first, _ in first })
    }
  }

  /// Packets of a capture that touch the port, quotes included; nil when the file is no classic capture.
  private func count(_ path: String) throws -> Int? {
    let root = try #require(corpus)
    guard let data = try? Data(contentsOf: URL(filePath: root + "/" + path)) else { return nil }
    guard let file = ClassicPcap(Array(data)), let link = LinkType(number: file.link) else {
      return nil
    }
    var decoder = Decoder()
    var count = 0
    for (index, frame) in file.frames.enumerated() {
      let decoded = try? decoder.read(frame.bytes, length: frame.length, at: frame.time, link: link)
      if decoded?.touches(3699) == true { count += 1 }
      count += decoder.takeUnfinished().count { $0.packet.touches(3699) }
      if !agrees(frame.bytes, length: frame.length, link: link) {
        Issue.record("the quick test errs on frame \(index + 1) of \(path)")
      }
    }
    return count + decoder.takeUnfinished(all: true).count { $0.packet.touches(3699) }
  }

  @Test func `the count of packets is the one that tshark gives`() throws {
    let classes: Set = ["server", "client", "linktype", "encap", "encap-real", "icmp-quote"]
    var checked = 0
    for row in try rows("index.tsv") {
      guard let path = row["path"], classes.contains(row["class"] ?? ""),
        let expected = row["tshark_3699_packets"].flatMap(Int.init),
        let found = try count(path)
      else { continue }
      checked += 1
      // Made by hand: in its second frame the IPv6 payload length ends inside an extension header.
      if path.contains("ipv6-mobility-dst-opts") {
        #expect(found == 2)
        continue
      }
      // Where tshark does not see into an encapsulation, the file's author knows how many there are.
      let known = row["packets"].flatMap(Int.init) ?? expected
      #expect(found == expected || found == known, "\(path): \(found), not \(expected)")
    }
    #expect(checked > 500)
  }

  @Test func `no capture makes the decoder trap or the quick test err`() throws {
    var read = 0
    for index in ["index.tsv", "hostile/index.tsv"] {
      for row in try rows(index) {
        if let path = row["path"], try count(path) != nil { read += 1 }
      }
    }
    #expect(read > 1000)
  }
}
