import Flows
import Packets

/// What in a flow's first packet, or in its neighbours, shows a scanner or a flood (dossier section 4.6).
struct ScanMark {
  var item: EvidenceItem
  var tool: String?
  var detail: String?

  /// Hosts that the same bare first packet goes to before it is a scan.
  static let targets = 3
  /// Sources of the same bare first packet that are a flood.
  static let sources = 10

  private init(_ item: EvidenceItem, tool: String? = nil, detail: String? = nil) {
    self.item = item
    self.tool = tool
    self.detail = detail
  }

  /// The strongest mark of a flow in which no payload was answered; nil when there is none.
  init?(of flow: Flow, _ companions: FlowCompanions) {
    let first = flow.firstPacket
    if let tcp = first.tcp {
      if let mark = Self.tool(tcp, first, to: flow.endpoint(first.side.opposite)) {
        self = mark
        return
      }
      if let odd = Self.odd(tcp.flags) {
        self = Self(.oddFlags, detail: odd)
        return
      }
      if flow.state == .halfOpenReset, let syn = flow.clientSYN, syn.options.count <= 1,
        !syn.options.malformed
      {
        self = Self(.halfOpenReset)
        return
      }
    }
    if companions.bareFirstPacketTargets >= Self.targets {
      self = Self(.manyTargets, detail: "\(companions.bareFirstPacketTargets)")
    } else if companions.bareFirstPacketSources >= Self.sources {
      self = Self(.flood, detail: "\(companions.bareFirstPacketSources)")
    } else {
      return nil
    }
  }

  /// ZMap, masscan and nmap by their SYN.
  private static func tool(_ tcp: TCPHeader, _ first: FirstPacket, to target: Endpoint) -> ScanMark?
  {
    let options = tcp.options
    guard tcp.flags == .syn, !options.malformed else { return nil }
    let size = options.maximumSegmentSize
    let bare = options.count == 0
    let onlySize = options.count == 1 && size != nil
    let only1460 = options.count == 1 && size == 1460
    if first.ip.family == .ipv4, first.ip.identification == 54_321, tcp.window == 65_535,
      bare || onlySize
    {
      return ScanMark(.zmap, tool: "zmap")
    }
    guard bare || only1460 else { return nil }
    if isMasscan(tcp, first, to: target, bare: bare) { return ScanMark(.masscan, tool: "masscan") }
    if only1460, tcp.window == 1_024 { return ScanMark(.nmapSYN, tool: "nmap") }
    return nil
  }

  /// Masscan's IPv4 identification is the xor of destination, port and sequence number; its IPv6 has none.
  private static func isMasscan(
    _ tcp: TCPHeader, _ first: FirstPacket, to target: Endpoint, bare: Bool
  ) -> Bool {
    guard tcp.window == (bare ? 1_024 : 1_025) else { return false }
    guard first.ip.family == .ipv4 else { return true }
    let address = UInt32(truncatingIfNeeded: target.address.bits)
    let expected = (address ^ UInt32(target.port) ^ tcp.sequence) & 0xffff
    return first.ip.identification == expected
  }

  /// The names of flags that no stack puts together; nil for an ordinary set. ECN's bits are left out.
  static func odd(_ flags: TCPFlags) -> String? {
    let core = flags.subtracting([.ece, .cwr, .ae])
    let ordinary: Bool
    if core.contains(.syn) {
      ordinary = core == .syn || core.subtracting(.psh) == [.syn, .ack]
    } else if core.contains(.rst) {
      ordinary = !core.contains(.fin)
    } else {
      ordinary = core.contains(.ack)
    }
    guard !ordinary else { return nil }
    let names: [(TCPFlags, String)] = [
      (.fin, "FIN"), (.syn, "SYN"), (.rst, "RST"), (.psh, "PSH"), (.ack, "ACK"), (.urg, "URG"),
    ]
    let set = names.filter { core.contains($0.0) }.map(\.1)
    return set.isEmpty ? "none" : set.joined(separator: "+")
  }
}
