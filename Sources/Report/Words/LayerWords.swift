import Packets

/// The words for layers, links and frames that could not be read.
enum LayerWords {
  /// A layer between link and IP.
  static func of(_ layer: Encapsulation) -> String {
    switch layer {
    case .vlan(let tag): "vlan \(tag)"
    case .mpls(let label): "mpls \(label)"
    case .pppoe(let session): "pppoe \(session)"
    case .ppp: "ppp"
    case .gre: "gre"
    case .outer(let source, let destination): "\(source) > \(destination)"
    case .ip(let version): "ipv\(version)"
    case .authentication: "ah"
    case .erspan(let session): "erspan \(session)"
    case .vxlan(let network): "vxlan \(network)"
    case .geneve(let network): "geneve \(network)"
    case .gtp(let tunnel): "gtp \(tunnel)"
    case .teredo: "teredo"
    case .l2tp(let tunnel, let session): "l2tp \(tunnel)/\(session)"
    }
  }

  /// The tunnel around a flow, `in vxlan 42 between 192.0.2.1 and 192.0.2.2`; nil where there is none.
  static func tunnel(_ path: [Encapsulation]) -> String? {
    for (place, layer) in path.enumerated() {
      guard case .outer(let source, let destination) = layer,
        let inner = path.dropFirst(place + 1).first
      else { continue }
      return "in \(of(inner)) between \(source) and \(destination)"
    }
    return nil
  }

  /// The tags of the virtual network in front of any tunnel, `in vlan 300/7`; nil where there is none.
  static func virtualNetwork(_ path: [Encapsulation]) -> String? {
    let tags = path.prefix { layer in
      if case .outer = layer { return false }
      return true
    }.compactMap { layer -> String? in
      if case .vlan(let tag) = layer { return "\(tag)" }
      return nil
    }
    return tags.isEmpty ? nil : "in vlan " + tags.joined(separator: "/")
  }

  /// A link type, as records carry it.
  static func of(_ link: LinkType) -> String {
    switch link {
    case .ethernet: "ethernet"
    case .linuxCooked: "linux-cooked"
    case .linuxCooked2: "linux-cooked-2"
    case .null: "null"
    case .loop: "loop"
    case .raw: "raw"
    case .ipv4: "ipv4"
    case .ipv6: "ipv6"
    case .ppp: "ppp"
    case .pppoe: "pppoe"
    case .ciscoHDLC: "cisco-hdlc"
    case .frameRelay: "frame-relay"
    case .ieee80211: "ieee-802.11"
    case .radiotap: "radiotap"
    case .perPacketInformation: "per-packet-information"
    case .slip: "slip"
    case .netfilterLog: "nflog"
    }
  }

  /// A layer of a frame that could not be read.
  static func of(_ layer: Malformed.Layer) -> String {
    switch layer {
    case .link: "link layer"
    case .vlan: "VLAN tag"
    case .mpls: "MPLS"
    case .pppoe: "PPPoE"
    case .ppp: "PPP"
    case .arp: "ARP"
    case .ipv4: "IPv4"
    case .ipv6: "IPv6"
    case .extensionHeader: "IPv6 extension header"
    case .fragment: "fragment"
    case .gre: "GRE"
    case .authentication: "authentication header"
    case .tcp: "TCP"
    case .udp: "UDP"
    case .icmp: "ICMP"
    case .quoted: "datagram quoted by ICMP"
    }
  }

  /// Why it could not.
  static func of(_ reason: Malformed.Reason) -> String {
    switch reason {
    case .cut: "cut by the snapshot length"
    case .short: "ends inside the header"
    case .version: "wrong version"
    case .headerLength: "impossible header length"
    case .length: "contradictory length"
    case .nesting: "nested too deep"
    case .fragments: "fragments overlap or disagree"
    case .unknown: "carries a protocol that is not read here"
    case .linkType: "link type that is not read here"
    case .state: "compressed headers without their beginning"
    }
  }
}
