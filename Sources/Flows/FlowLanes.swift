import Packets

/// Virtual networks in which ends that are alike were met at the same time, numbered from 1.
///
/// A tag is no part of what a flow is: its two directions may bear different ones, and a mirror port shows the same packet
/// before and behind a router. Only where a client opens a connection while another one between the same ports, opened by
/// it under another tag, goes on are there two, and from then on packets between those ports with that tag are the second's.
struct FlowLanes: Sendable {
  /// Networks that are told apart; later ones are not.
  private static let most = 4_096

  /// The tags of a packet that tell networks apart: of VLANs and of overlays. Labels and tunnels whose two directions have
  /// numbers of their own are none.
  private struct Tags: Hashable {
    let path: [Encapsulation]

    init?(_ path: [Encapsulation]) {
      let tags = path.filter { layer in
        switch layer {
        case .vlan, .vxlan, .geneve: true
        default: false
        }
      }
      if tags.isEmpty { return nil }
      self.path = tags
    }
  }

  private var numbers: [Tags: UInt32] = [:]

  /// The lane of packets that came this way; 0 when there is none.
  func lane(of path: [Encapsulation]) -> UInt32 {
    guard !numbers.isEmpty, let tags = Tags(path) else { return 0 }
    return numbers[tags] ?? 0
  }

  /// A lane of its own for packets that came this way, where their tags differ from those of another; 0 where they do
  /// not, or where there are too many.
  mutating func open(_ path: [Encapsulation], beside other: [Encapsulation]) -> UInt32 {
    guard let tags = Tags(path), tags != Tags(other) else { return 0 }
    if let known = numbers[tags] { return known }
    guard numbers.count < Self.most else { return 0 }
    let number = UInt32(numbers.count + 1)
    numbers[tags] = number
    return number
  }
}
