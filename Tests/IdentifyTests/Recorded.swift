import Captures
import FoundationEssentials
import Packets

@testable import Flows

/// The conversations of the project's own recordings: what real programs said on the port.
enum Recorded {
  /// One conversation, turn by turn.
  struct Talk: Sendable {
    let transport: Transport
    let said: [(Side, [UInt8])]
  }

  /// The conversations with payload of every file in `captures/`.
  static let talks: [Talk] = files.flatMap { (try? talks(in: $0)) ?? [] }

  private static let files: [String] = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(3)
    let root = "/" + parts.joined(separator: "/") + "/captures"
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
    return names.filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") }.sorted()
      .map { root + "/" + $0 }
  }()

  private static func talks(in path: String) throws -> [Talk] {
    var container = try CaptureContainer(path: path)
    guard var file = try container.next() else { return [] }
    var decoder = Decoder()
    var table = FlowTable()
    while try file.read(
      most: 4_096,
      { frame in
        guard let link = LinkType(number: frame.linkType) else { return true }
        let time = Timestamp(nanoseconds: frame.nanoseconds ?? 0)
        let decoded = try? decoder.decode(
          frame.bytes, length: frame.length, at: time, link: link, number: frame.number)
        guard case .packet(let packet) = decoded, packet.touches(3_699) else { return true }
        _ = table.note(
          packet, payload: frame.bytes.extracting(packet.payload), number: frame.number, time: time,
          link: link, wireLength: frame.length)
        return true
      }) > 0
    {}
    table.finish()
    return table.takeEnded().map(\.flow.conversation).filter { !$0.turns.isEmpty }.map { said in
      Talk(
        transport: said.transport,
        said: said.turns.map { ($0.side, Array(said[$0.side].bytes[$0.range])) })
    }
  }
}
