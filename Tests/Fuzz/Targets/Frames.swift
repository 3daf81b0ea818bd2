import CPcap

@testable import Captures
@testable import Packets
@testable import Report

extension FuzzTarget {
  /// Frames of every link type, several in a row so that fragments meet. The quick port test and the kernel's filter agree
  /// with the decoder, payload lies in its frame, and packet lines show nothing hidden.
  ///
  ///     link (1), flags (1: bit 0 the frames were cut), frames: length (2), bytes
  static let frames = FuzzTarget(name: "frames", longest: 4_096) {
    Recordings.frames(most: 8).filter { !$0.isEmpty }.map { frames in
      let link = LinkType(number: frames[0].linkType) ?? .ethernet
      let index = LinkType.allCases.firstIndex(of: link) ?? 0
      return [UInt8(index), 0] + frames.flatMap { FuzzInput.piece($0.bytes) }
    } + LinkType.allCases.indices.map { [UInt8($0), 1] + FuzzInput.piece(Array(0..<80)) }
  } run: { bytes in
    var input = FuzzInput(bytes)
    let link = LinkType.allCases[Int(input.byte()) % LinkType.allCases.count]
    let isCut = input.byte() & 1 == 1
    var decoder = Packets.Decoder()
    var text = PacketText(allOptions)
    var number = 0
    while !input.isAtEnd, number < 32 {
      number += 1
      let frame = input.piece()
      let length = frame.count + (isCut ? 1_000 : 0)
      let time = Timestamp(nanoseconds: Int64(number) * 1_000_000)
      demandAgreement(frame, length: length, link)
      guard
        let decoded = try? decoder.decode(
          frame.span, length: length, at: time, link: link, number: number)
      else { continue }
      look(decoded, frame, length, link, time, number, &text)
    }
    for unfinished in decoder.takeUnfinished(all: true) {
      demandSound(unfinished.packet, in: unfinished.payload.count)
    }
  }

  private static let allOptions: PacketText.Options = {
    var options = PacketText.Options()
    options.times = 4
    options.link = true
    options.verbosity = 3
    options.hexadecimalAndText = 2
    options.text = true
    return options
  }()

  /// A frame by itself: the quick ways to decide about it against the decoder's.
  private static func demandAgreement(_ frame: [UInt8], length: Int, _ link: LinkType) {
    var decoder = Packets.Decoder()
    let decoded = try? decoder.decode(
      frame.span, length: length, at: Timestamp(nanoseconds: 0), link: link)
    let touches = decoded?.touches(3699) ?? false
    switch PortTest.of(frame.span, link: link, port: 3699) {
    case .no: demand(!touches, "what the quick test leaves out holds nothing of the port")
    case .yes: demand(touches, "what the quick test takes holds the port")
    case .lookCloser: break
    }
    guard touches, length == frame.count, case .packet(let packet)? = decoded,
      packet.path.isEmpty, packet.ip.family == .ipv4
    else { return }
    for number in [DLT_EN10MB, DLT_LINUX_SLL, DLT_LINUX_SLL2, DLT_RAW, DLT_NULL]
    where LinkType(number: number) == link {
      demand(kernelTakes(frame, number), "the kernel's filter lets the port through")
    }
  }

  private static func kernelTakes(_ frame: [UInt8], _ linkType: Int32) -> Bool {
    guard let program = KernelFilter.program(linkType: linkType, port: 3699) else { return true }
    let instructions = program.map(\.kernel)
    return unsafe bpf_filter(instructions, frame, UInt32(frame.count), UInt32(frame.count)) != 0
  }

  private static func look(
    _ decoded: Decoded, _ frame: [UInt8], _ length: Int, _ link: LinkType, _ time: Timestamp,
    _ number: Int, _ text: inout PacketText
  ) {
    let content: PacketRecord.Content
    var reassembled: [UInt8]?
    switch decoded {
    case .packet(let packet):
      demandSound(packet, in: frame.count)
      content = .packet(packet)
    case .reassembled(let packet, let bytes, frames: let frames):
      demandSound(packet, in: bytes.count)
      demand(frames.last == number && frames == frames.sorted(), "fragments are told in order")
      content = .packet(packet)
      reassembled = bytes
    case .error(let error): content = .error(error)
    case .heldFragment, .other: return
    }
    let record = PacketRecord(
      content: content, frame: frame, length: length, reassembled: reassembled, time: time,
      number: number, link: link)
    // A dump is indented by a tab, as tcpdump's are.
    demandShowable(text.lines(record).map { $0.hasPrefix("\t") ? String($0.dropFirst()) : $0 })
    demandRecord(record.json)
  }

  private static func demandSound(_ packet: Packet, in count: Int) {
    demand(
      packet.payload.lowerBound >= 0 && packet.payload.upperBound <= count,
      "payload lies in the bytes that it was read from")
    demand(packet.payloadLength >= packet.payload.count, "no more was captured than was sent")
    demand(packet.path.count <= Packets.Decoder.maximumNesting, "layers are bounded")
  }
}
