import Packets

@testable import Captures
@testable import Report
@testable import icwscan

extension FuzzTarget {
  /// Records that are read again: JSON, the lines of a state file and of `--mergeable`, and the bytes of a packet's event.
  /// What is taken is written and read once more, and is the same.
  ///
  ///     kind (1: 0 a file of records, 1 a line of a state file, 2 an event's bytes, 3 JSON), bytes
  static let records = FuzzTarget(name: "records", longest: 16_384) {
    recordSeeds
  } run: { bytes in
    var input = FuzzInput(bytes)
    let kind = input.byte()
    let text = input.rest()
    switch kind {
    case 0: readFile(text)
    case 1:
      guard let record = ResumeRecord(line: text) else { return }
      let again = ResumeRecord(line: Array(record.line.dropLast()))
      demand(again?.line == record.line, "a line of a state file reads back")
    case 2:
      guard let event = PortEvent(bytes: text) else { return }
      demand(PortEvent(bytes: event.bytes(keepsPayload: true)) == event, "an event reads back")
    default:
      guard let value = JSONValue(parsing: text) else { return }
      // A number beyond all measure is none.
      guard let line = JSONValue(parsing: value.line)?.line else {
        return demand(false, "what was read as JSON is written as JSON")
      }
      demand(line == value.line, "JSON reads back")
    }
  }

  private static func readFile(_ bytes: [UInt8]) {
    let file = MemoryFile(bytes)
    guard
      let records = try? RecordFile(
        "records", descriptor: file.opened(), meter: ByteMeter(), goesOn: { true })
    else { return }
    for error in records.errors {
      demandShowable([Words.line(error)])
      demandRecord(error.json)
    }
    for section in records.sections {
      demand(section.start <= section.end, "a section ends behind its start")
      let source = RecordSource(
        section, descriptor: file.opened(), name: "records", meter: ByteMeter(),
        readAhead: ReadAhead())
      while let next = try? source.next() { _ = next.event.time }
    }
  }

  private static var recordSeeds: [[UInt8]] {
    let events = Recordings.frames(most: 12).prefix(6).flatMap { frames in
      frames.compactMap { frame -> PortEvent? in
        var decoder = Packets.Decoder()
        guard let link = LinkType(number: frame.linkType),
          case .packet(let packet)? = try? decoder.decode(
            frame.bytes.span, length: frame.length, at: Timestamp(nanoseconds: 1), link: link)
        else { return nil }
        var event = PortEvent(
          content: .packet(packet, payload: Array(frame.bytes[packet.payload])),
          time: Timestamp(nanoseconds: 1_700_000_000_000_000_000), number: 1, link: link,
          wireLength: frame.length, interface: 0)
        if packet.source.port != 3699 {
          event.remarks = FrameRemarks(interface: Array("eth0".utf8), comments: [[1, 2], []])
        }
        return event
      }
    }
    let counters = DropsRecord(received: 9, onPort: 3, evicted: 0, unread: [], origin: Origin())
    let origin = Origin(file: Array("a.pcap".utf8), digits: 6)
    let end = FileRecord(origin: origin, first: Timestamp(nanoseconds: 1), counters: counters)
    let lines = events.prefix(3).map { event -> [UInt8] in
      guard case .packet(let packet, let payload) = event.content else { return [] }
      var record = PacketRecord(
        content: .packet(packet), frame: payload, length: payload.count, time: event.time,
        number: 1, link: event.link, origin: origin)
      record.event = event.bytes(keepsPayload: true)
      return record.json.line
    }
    let state = ResumeRecord(
      path: "a.pcap", isFound: false, size: 9, modified: 8, files: 1, failed: 0, skipped: 0,
      counters: counters, tally: Tally())
    return [
      [0] + lines.joined() + end.json.line, [1] + state.line.dropLast(),
      [3]
        + Array("{\"a\":[1,-2,3.5,1e9,true,false,null,\"\\u00e9\\ud83d\\ude00\\n\"],\"b\":{}}".utf8),
    ] + events.prefix(12).map { [2] + $0.bytes(keepsPayload: true) }
  }
}
