import CLinux
import Glibc

/// One of the older tables of iptables: entries one behind the other (`struct ipt_entry`, `struct ip6t_entry`), each
/// with
/// its matches and a target; a chain begins where a hook's entry stands, or behind an entry with the target ERROR that
/// has
/// its name.
struct LegacyTable {
  /// Entries read; more are not evaluated.
  static let entryLimit = 16_384

  /// One entry.
  struct Entry: Hashable {
    var offset: Int
    var bytes: [UInt8]
  }

  let isIPv6: Bool
  private let layout: linux_xtables_layout
  /// Chains with their entries; the last entry of a built-in chain is its policy, of another its return.
  private(set) var chains: [[UInt8]: [Entry]] = [:]
  /// The name of the chain that begins at an offset.
  private var names: [Int: [UInt8]] = [:]
  /// Whether the entries were understood to the end.
  private(set) var isWhole = true

  /// The names of built-in chains by the number of their hook (enum nf_inet_hooks).
  static let hookNames = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]

  /// Parses the entries of a table; `hooks` has the offset of each hook's chain, nil where the table has none.
  init(_ bytes: [UInt8], isIPv6: Bool, hooks: [Int?]) {
    self.isIPv6 = isIPv6
    layout = linux_xtables_layout(isIPv6 ? 1 : 0)
    for (number, offset) in hooks.enumerated() where number < Self.hookNames.count {
      if let offset { names[offset] = Array(Self.hookNames[number].utf8) }
    }
    var offset = 0
    var current: [UInt8]?
    var count = 0
    while offset < bytes.count {
      guard let next = KernelBytes.load(UInt16.self, from: bytes, at: offset + layout.next_offset),
        Int(next) > layout.matches, Int(next) <= bytes.count - offset, count < Self.entryLimit
      else {
        isWhole = false
        return
      }
      let entry = Entry(offset: offset, bytes: Array(bytes[offset..<(offset + Int(next))]))
      offset += Int(next)
      count += 1
      if let name = names[entry.offset] { current = name }
      let target = target(of: entry)
      if target?.name == Array("ERROR".utf8), let target {
        // `struct xt_error_target`: the chain's name; the last one is named ERROR and ends the table.
        let name = Array(target.data.prefix { $0 != 0 })
        names[offset] = name
        current = name
        if chains[name] == nil { chains[name] = [] }
        continue
      }
      if let current { chains[current, default: []].append(entry) }
    }
  }

  /// The extensions of an entry: name, revision, data.
  private func part(_ bytes: [UInt8], at offset: Int, end: Int) -> (XTablesExtension, length: Int)?
  {
    guard let size = KernelBytes.load(UInt16.self, from: bytes, at: offset),
      Int(size) >= layout.extension_data, offset + Int(size) <= end
    else { return nil }
    let name = bytes[(offset + layout.extension_name)..<(offset + layout.extension_revision)]
    return (
      XTablesExtension(
        name: Array(name.prefix { $0 != 0 }), revision: bytes[offset + layout.extension_revision],
        data: Array(bytes[(offset + layout.extension_data)..<(offset + Int(size))])), Int(size)
    )
  }

  private func target(of entry: Entry) -> XTablesExtension? {
    guard
      let offset = KernelBytes.load(UInt16.self, from: entry.bytes, at: layout.target_offset)
    else { return nil }
    return part(entry.bytes, at: Int(offset), end: entry.bytes.count)?.0
  }

  /// Whether a built-in chain's policy, its last entry, drops: that is where a packet comes to that leaves the chain early.
  func dropsByPolicy(_ chain: [UInt8]) -> Bool {
    chains[chain]?.last.map { act($0).action == .drop } ?? false
  }

  /// What the rules of a chain mean for a packet; nil when there is no such chain.
  func readings(of chain: [UInt8], for packet: FirewallPacket) -> [RuleReading]? {
    guard let entries = chains[chain] else { return nil }
    let hasPolicy = Self.hookNames.contains { chain.elementsEqual($0.utf8) }
    return entries.enumerated().map { index, entry in
      var reading = read(entry, packet)
      reading.number = UInt64(index + 1)
      if hasPolicy, index == entries.count - 1 {
        reading.number = nil
        reading.text = Array("policy ".utf8) + reading.text.dropFirst("-j ".utf8.count)
      }
      return reading
    }
  }

  private func read(_ entry: Entry, _ packet: FirewallPacket) -> RuleReading {
    var reading = RuleReading()
    var parts: [[UInt8]] = []
    func note(_ truth: RuleReading.Truth, _ text: [UInt8], _ isPort: Bool) {
      if !text.isEmpty { parts.append(text) }
      switch truth {
      case .no: reading.truth = .no
      case .yes: if isPort { reading.namesPort = true }
      case .unknown:
        if reading.truth == .yes { reading.truth = .unknown }
        reading.conditions.append(text)
      }
    }
    for condition in head(entry, packet) { note(condition.truth, condition.text, false) }
    var offset = layout.matches
    let end = min(
      Int(KernelBytes.load(UInt16.self, from: entry.bytes, at: layout.target_offset) ?? 0),
      entry.bytes.count)
    while offset < end {
      guard let (match, length) = part(entry.bytes, at: offset, end: end) else {
        note(.unknown, Array("(match, not decoded)".utf8), false)
        break
      }
      let answer = match.match(packet)
      note(answer.truth, answer.text, answer.isPort)
      offset += length
    }
    let target = act(entry)
    reading.actions = [target.action]
    reading.untracks = self.target(of: entry)?.untracks ?? false
    if !target.text.isEmpty { parts.append(target.text) }
    reading.text = Array(parts.joined(separator: [0x20]))
    return reading
  }

  private typealias Condition = (truth: RuleReading.Truth, text: [UInt8])

  /// What `struct ipt_ip` asks for: addresses, interfaces, protocol. The inverse flags: 1 in, 2 out, 8 source, 16
  /// destination, 32 fragments, 64 protocol.
  private func head(_ entry: Entry, _ packet: FirewallPacket) -> [Condition] {
    let bytes = entry.bytes
    let inverse = bytes[layout.inverse_flags]
    func field(_ offset: Int, _ length: Int) -> [UInt8] { Array(bytes[offset..<(offset + length)]) }
    func sign(_ bit: UInt8) -> [UInt8] { inverse & bit != 0 ? Array("! ".utf8) : [] }
    var found: [Condition] = []
    let number = KernelBytes.load(UInt16.self, from: bytes, at: layout.protocol) ?? 0
    if number != 0 {
      let isOurs = number == UInt16(packet.protocolNumber)
      let name =
        Int32(number) == Int32(IPPROTO_TCP)
        ? "tcp" : Int32(number) == Int32(IPPROTO_UDP) ? "udp" : "\(number)"
      found.append(
        (isOurs != (inverse & 64 != 0) ? .yes : .no, sign(64) + Array("-p \(name)".utf8)))
    }
    let length = isIPv6 ? 16 : 4
    func truth(_ holds: Bool?, _ bit: UInt8) -> RuleReading.Truth {
      holds.map { $0 != (inverse & bit != 0) ? .yes : .no } ?? .unknown
    }
    for (option, value, mask, bit, known) in [
      ("-s ", layout.source, layout.source_mask, UInt8(8), packet.source),
      ("-d ", layout.destination, layout.destination_mask, 16, packet.destination),
    ] {
      let mask = field(mask, length)
      guard mask.contains(where: { $0 != 0 }) else { continue }
      let wanted = field(value, length)
      let address = NFTablesValueText.address(wanted, mask: mask)
      let holds = known.map { Self.equal($0, wanted, mask) }
      found.append((truth(holds, bit), sign(bit) + Array(option.utf8) + address))
    }
    for (option, value, mask, bit) in [
      ("-i ", layout.in_interface, layout.in_interface_mask, UInt8(1)),
      ("-o ", layout.out_interface, layout.out_interface_mask, 2),
    ] {
      let mask = field(mask, 16)
      guard mask.contains(where: { $0 != 0 }) else { continue }
      let wanted = field(value, 16)
      let name = wanted.prefix { $0 != 0 }
      // A mask that leaves out the NUL is for every name that begins so.
      let isPrefix = name.count < 16 && mask[name.count] == 0
      let holds = bit == 1 ? Self.comes(packet, through: wanted, mask) : nil
      found.append(
        (truth(holds, bit), sign(bit) + Array(option.utf8) + name + (isPrefix ? [0x2B] : [])))
    }
    // IPT_F_FRAG: later fragments have no ports; IP6T_F_TOS (2) asks for more.
    let flags = bytes[layout.flags]
    if !isIPv6, flags & 1 != 0 { found.append((.unknown, sign(32) + Array("-f".utf8))) }
    if isIPv6, flags & 2 != 0 { found.append((.unknown, Array("(traffic class)".utf8))) }
    return found
  }

  private static func equal(_ one: [UInt8], _ other: [UInt8], _ mask: [UInt8]) -> Bool {
    one.count == other.count
      && zip(zip(one, other), mask).allSatisfy { ($0.0 ^ $0.1) & $1 == 0 }
  }

  /// Whether a packet comes through a device of this name; nil where that is not known.
  private static func comes(
    _ packet: FirewallPacket, through name: [UInt8], _ mask: [UInt8]
  ) -> Bool? {
    let loopback = Array("lo".utf8) + [UInt8](repeating: 0, count: name.count - 2)
    let takesLoopback = equal(loopback, name, mask)
    switch packet.origin {
    case .host: return takesLoopback
    // A name that is asked for to its NUL is that of one device.
    case .outside: return takesLoopback && mask.prefix(3).allSatisfy { $0 == 0xFF } ? false : nil
    case nil: return nil
    }
  }

  /// The target: the standard one, without a name, has a verdict or the offset of the chain to jump to.
  private func act(_ entry: Entry) -> XTablesExtension.Target {
    guard let target = target(of: entry) else {
      return (.elsewhere, Array("(target, not decoded)".utf8))
    }
    guard target.name.isEmpty else { return target.target(isIPv6: isIPv6) }
    guard let verdict = target.number(at: 0, Int32.self) else {
      return (.elsewhere, Array("(target, not decoded)".utf8))
    }
    switch verdict {
    // -NF_DROP - 1, -NF_ACCEPT - 1, XT_RETURN.
    case -1: return (.drop, Array("-j DROP".utf8))
    case -2: return (.accept, Array("-j ACCEPT".utf8))
    case -5: return (.back, Array("-j RETURN".utf8))
    case 0...:
      let offset = Int(verdict)
      // A jump to the next entry is a rule without a target.
      if offset == entry.offset + entry.bytes.count { return (.next, []) }
      guard let chain = names[offset] else {
        return (.elsewhere, Array("(target, not decoded)".utf8))
      }
      // IPT_F_GOTO is 2, IP6T_F_GOTO 4.
      let isGoto = entry.bytes[layout.flags] & (isIPv6 ? 4 : 2) != 0
      return (
        .jump(chain, comesBack: !isGoto), Array((isGoto ? "-g " : "-j ").utf8) + chain
      )
    default: return (.elsewhere, Array("-j QUEUE".utf8))
    }
  }
}
