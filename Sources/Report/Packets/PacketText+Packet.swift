import Packets

extension PacketText {
  /// The packet behind time and link, on the last of `lines` and, when verbose, on one more.
  mutating func append(
    _ packet: Packet, _ record: PacketRecord, _ layout: FrameLayout, to lines: inout [String]
  ) {
    var line = network(record, isVersion6: packet.source.address.family == .ipv6)
    if options.verbosity > 0 {
      line += IPText.header(packet, record.frame, layout)
      // tcpdump breaks the line behind IPv4's header, not behind IPv6's.
      if packet.source.address.family == .ipv4 {
        lines[lines.count - 1] += line
        lines.append("    ")
        line = ""
      }
    }
    line += "\(Self.dotted(packet.source)) > \(Self.dotted(packet.destination)): "
    switch packet.header {
    case .tcp(let header): line += tcp(packet, header, record, layout)
    case .udp(let checksum): line += udp(packet, checksum, record, layout)
    }
    lines[lines.count - 1] += line
  }

  /// `IP ` or `IP6 `, behind interface and direction of a cooked capture; only these with `-e`.
  func network(_ record: PacketRecord, isVersion6: Bool) -> String {
    var text = ""
    if record.link == .linuxCooked2, record.frame.count > 10 {
      // The index names an interface of the host that captured: only a live capture knows its name.
      let interface = record.origin.interface.map { Escaped.text($0) } ?? "?"
      let direction = LinkText.direction(UInt16(record.frame[10]))
      text = Columns.padded(interface, 5) + " " + Columns.padded(direction, 3) + " "
      if options.link { return text + LinkText.cooked2(record) }
    }
    return text + (options.link ? "" : isVersion6 ? "IP6 " : "IP ")
  }

  /// An end as tcpdump writes it: a dot before the port.
  static func dotted(_ end: Endpoint) -> String { "\(end.address).\(end.port)" }

  private mutating func tcp(
    _ packet: Packet, _ header: TCPHeader, _ record: PacketRecord, _ layout: FrameLayout
  ) -> String {
    let length = packet.payloadLength
    if options.quiet { return "tcp \(length)" }
    let numbers =
      options.absoluteNumbers
      ? .init(sequence: header.sequence, acknowledgement: header.acknowledgement, base: 0)
      : sequences.shown(packet, header)
    var text = "Flags [\(Self.letters(header.flags))]"
    if options.verbosity > 0 { text += Checksum.tcp(packet, record, layout) }
    let isMarked = !header.flags.isDisjoint(with: [.syn, .fin, .rst])
    if options.verbosity > 1 || length > 0 || isMarked {
      text += ", seq \(numbers.sequence)"
      if length > 0 { text += ":\(numbers.sequence &+ UInt32(truncatingIfNeeded: length))" }
    }
    if header.flags.contains(.ack) { text += ", ack \(numbers.acknowledgement)" }
    text += ", win \(header.window)"
    if header.flags.contains(.urg) { text += ", urg \(header.urgent)" }
    let bytes = layout.transport.map {
      Array(record.frame[min($0.lowerBound + 20, $0.upperBound)..<$0.upperBound])
    }
    if let bytes, !bytes.isEmpty {
      text += ", options [\(OptionsText.of(bytes, base: numbers.base))]"
    }
    return text + ", length \(length)"
  }

  private func udp(
    _ packet: Packet, _ checksum: UInt16, _ record: PacketRecord, _ layout: FrameLayout
  ) -> String {
    // tcpdump looks at the sum over IPv4, where it is optional, only when it is doubly verbose.
    let needed = packet.source.address.family == .ipv4 ? 2 : 1
    let sum =
      options.verbosity >= needed && !options.quiet
      ? Checksum.udp(packet, checksum, record, layout) : ""
    return "\(sum)UDP, length \(packet.payloadLength)"
  }

  /// The flags in tcpdump's letters and order.
  static func letters(_ flags: TCPFlags) -> String {
    let letters: [(TCPFlags, String)] = [
      (.fin, "F"), (.syn, "S"), (.rst, "R"), (.psh, "P"), (.ack, "."), (.urg, "U"), (.ece, "E"),
      (.cwr, "W"),
      (.ae, "e"),
    ]
    let text = letters.filter { flags.contains($0.0) }.map(\.1).joined()
    return text.isEmpty ? "none" : text
  }
}
