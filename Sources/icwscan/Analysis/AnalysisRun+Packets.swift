import Captures
import Packets
import Report

extension AnalysisRun {
  /// Takes a frame, and hands its packet to whoever asks for packets; says whether it was anything of the port.
  mutating func take(
    _ frame: borrowing Frame, _ analysis: inout FileAnalysis, _ origin: Origin,
    _ reporter: inout Reporter
  ) throws -> Bool {
    let link = LinkType(number: frame.linkType)
    let filter = try filters.filter(linkType: frame.linkType)
    let time = Timestamp(nanoseconds: frame.nanoseconds ?? 0)
    let bytes = frame.bytes
    let length = frame.length
    let linkType = frame.linkType
    let taken = analysis.take(
      bytes, length: length, time: time, link: link, number: frame.number,
      interface: frame.interface,
      matches: { filter?.passes(bytes, length: length, linkType: linkType) ?? true })
    if case .nothing = taken { return false }
    let process = analysis.noteProcess(of: frame, taken)
    analysis.noteRemarks(on: frame, taken)
    guard let content = taken.content, printsPackets || export != nil || isMergeable else {
      return true
    }
    if export != nil, let redactor = reporter.redactor {
      let redacted = redactor.frame(content)
      export?.add(
        redacted.span, length: redacted.count, time: time, linkType: Redactor.linkType,
        interface: 0, flow: analysis.flowNumber(of: taken))
    } else if export != nil {
      let flow = analysis.flowNumber(of: taken)
      let process = process.map { $0.ofPacket(isFromClient: analysis.isFromClient(taken)) }
      for held in analysis.takeFragments(taken.fragments) {
        export?.add(
          held.bytes.span, length: held.length, time: held.time, linkType: linkType,
          interface: held.interface, flow: flow, process: process)
      }
      export?.add(
        bytes, length: length, time: time, linkType: linkType, interface: frame.interface,
        flow: flow, name: frame.interfaceName, process: process)
    }
    if printsPackets || isMergeable, let link {
      var record = PacketRecord(
        content: content, frame: [UInt8](copying: bytes), length: length,
        reassembled: taken.reassembled,
        time: time, number: frame.number, link: link, origin: origin)
      if isMergeable {
        var event = record.portEvent(interface: frame.interface)
        event.claim = process
        event.remarks = FrameRemarks(frame)
        record.event = event.bytes(keepsPayload: analysis.keepsPayload(of: taken))
      }
      try reporter.packet(record)
    }
    return true
  }

  /// Ends a file in the records that another run joins.
  mutating func finishMergeable(
    _ analysis: borrowing FileAnalysis, _ origin: Origin, _ reporter: inout Reporter
  ) throws {
    for unfinished in analysis.unfinished {
      var record = PacketRecord(
        content: .packet(unfinished.packet), frame: [], length: unfinished.payload.count,
        reassembled: unfinished.payload, time: unfinished.time,
        number: unfinished.frames.first ?? 0, link: analysis.lastLink, origin: origin)
      record.event = PortEvent(unfinished, link: analysis.lastLink).bytes(keepsPayload: true)
      try reporter.packet(record)
    }
    try reporter.file(
      FileRecord(origin: origin, first: analysis.firstTime, counters: analysis.counters))
  }
}
