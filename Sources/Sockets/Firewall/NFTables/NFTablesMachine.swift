import CLinux
import Glibc

/// Runs a rule of nf_tables for a packet of which little is known.
struct NFTablesMachine {
  let packet: FirewallPacket
  /// A set of the rule's table.
  let set: ([UInt8]) -> NFTablesSet?

  var registers = NFTablesRegisters()
  var reading = RuleReading()
  /// The rule in words, a part for each condition and action.
  var parts: [[UInt8]] = []
  /// `tcp` or `udp` when the rule has asked for it.
  var l4: [UInt8]?

  init(_ packet: FirewallPacket, set: @escaping ([UInt8]) -> NFTablesSet?) {
    self.packet = packet
    self.set = set
  }

  /// What the rule means.
  static func read(
    _ rule: NFTablesRule, for packet: FirewallPacket, set: @escaping ([UInt8]) -> NFTablesSet?
  ) -> RuleReading {
    var machine = NFTablesMachine(packet, set: set)
    for expression in rule.expressions {
      machine.run(expression)
      if machine.reading.truth == .no { break }
    }
    if !rule.isWhole { machine.end(.elsewhere, "(not decoded)") }
    if let comment = rule.comment {
      machine.parts.append(Array("comment \"".utf8) + comment + [0x22])
    }
    machine.reading.text = Array(machine.parts.joined(separator: [0x20]))
    machine.reading.number = rule.handle
    return machine.reading
  }

  private mutating func run(_ expression: NFTablesRule.Expression) {
    let data = expression.data
    switch expression.name {
    case "meta", "ct": load(expression.name, data)
    case "payload": loadPayload(data)
    case "bitwise": mask(data)
    case "byteorder": swap(data)
    case "cmp": compare(data)
    case "range": compareRange(data)
    case "lookup": look(data)
    case "immediate": takeImmediate(data)
    case "counter", "log", "last": parts.append(Array(expression.name.utf8))
    case "notrack":
      parts.append(Array("notrack".utf8))
      reading.untracks = true
    case "objref" where data.number(NFTA_OBJREF_IMM_TYPE) == UInt32(NFT_OBJECT_COUNTER):
      parts.append(Array("counter".utf8))
    case "nat", "redir", "masq", "tproxy": translate(expression.name, data)
    case "reject":
      let isReset = data.number(NFTA_REJECT_TYPE) == UInt32(NFT_REJECT_TCP_RST.rawValue)
      end(.reject, isReset ? "reject with tcp reset" : "reject")
    case "match", "target": runExtension(expression.name, data)
    case "fib", "rt", "socket", "osf", "hash", "numgen", "exthdr", "tunnel", "xfrm":
      loadUnknown(expression.name, data)
    case "limit", "quota", "connlimit", "objref", "dynset":
      doubt(Array("(\(expression.name), not evaluated)".utf8))
    default:
      // It may be anything.
      end(.elsewhere, "(\(expression.name), not evaluated)")
    }
  }

  // MARK: what holds

  /// A condition with its words.
  mutating func note(_ truth: RuleReading.Truth, _ text: [UInt8], isPort: Bool = false) {
    // `meta l4proto tcp` in front of `tcp dport` goes without saying, as in nft.
    if let l4, text.starts(with: l4 + [0x20]), parts.last == Array("meta l4proto ".utf8) + l4 {
      parts.removeLast()
    }
    parts.append(text)
    switch truth {
    case .yes: if isPort { reading.namesPort = true }
    case .no: reading.truth = .no
    case .unknown:
      reading.truth = .unknown
      reading.conditions.append(text)
    }
  }

  private mutating func doubt(_ text: [UInt8]) { note(.unknown, text) }

  /// What the rule does when its conditions hold.
  mutating func end(_ action: RuleReading.Action, _ text: String) {
    end([action], Array(text.utf8))
  }

  mutating func end(_ actions: [RuleReading.Action], _ text: [UInt8]) {
    parts.append(text)
    // What stands behind an action that ends is never reached.
    guard reading.actions == [.next] else { return }
    reading.actions = actions
  }

  // MARK: what is loaded

  private mutating func load(_ name: String, _ data: NFTablesAttributes) {
    if name == "meta" {
      if data[NFTA_META_SREG] != nil { return parts.append(Array("meta set ...".utf8)) }
      let field = NFTablesFields.meta(data.number(NFTA_META_KEY), of: packet)
      registers.store(field.value, field.source, in: data.number(NFTA_META_DREG))
    } else {
      if data[NFTA_CT_SREG] != nil { return parts.append(Array("ct set ...".utf8)) }
      let field = NFTablesFields.connection(data.number(NFTA_CT_KEY), of: packet)
      registers.store(field.value, field.source, in: data.number(NFTA_CT_DREG))
    }
  }

  private mutating func loadPayload(_ data: NFTablesAttributes) {
    // A header that is written to is another packet from here on.
    guard data[NFTA_PAYLOAD_SREG] == nil,
      let field = NFTablesFields.payload(data, of: packet, l4: l4)
    else { return end(.elsewhere, "(payload, not evaluated)") }
    registers.store(field.value, field.source, in: data.number(NFTA_PAYLOAD_DREG))
  }

  /// Something that depends on more than the packet. The register's attribute has another number in each.
  private mutating func loadUnknown(_ name: String, _ data: NFTablesAttributes) {
    let register: UInt32? =
      switch name {
      case "fib": data.number(NFTA_FIB_DREG)
      case "rt": data.number(NFTA_RT_DREG)
      case "socket": data.number(NFTA_SOCKET_DREG)
      case "osf": data.number(NFTA_OSF_DREG)
      case "hash": data.number(NFTA_HASH_DREG)
      case "numgen": data.number(NFTA_NG_DREG)
      case "exthdr": data.number(NFTA_EXTHDR_DREG)
      case "tunnel": data.number(NFTA_TUNNEL_DREG)
      default: data.number(NFTA_XFRM_DREG)
      }
    // A header that is written to has no such register.
    guard register != nil else { return end(.elsewhere, "(\(name), not evaluated)") }
    let words = name == "fib" ? NFTablesMachine.fib(data) : name
    let isType = name == "fib" && words.hasSuffix(" type")
    registers.store(
      [UInt8?](repeating: nil, count: 16),
      .init(
        name: Array(words.utf8), kind: name == "numgen" ? .number : isType ? .routeType : .bytes,
        length: isType ? 4 : 16), in: register)
    // It can fail by itself, as an extension header that is not there does.
    if name != "numgen" { reading.truth = .unknown }
  }

  private static func fib(_ data: NFTablesAttributes) -> String {
    let flags = data.number(NFTA_FIB_FLAGS) ?? 0
    let isDestination = flags & NFTA_FIB_F_DADDR.rawValue != 0
    let kind =
      switch data.number(NFTA_FIB_RESULT) {
      case NFT_FIB_RESULT_OIF.rawValue: "oif"
      case NFT_FIB_RESULT_OIFNAME.rawValue: "oifname"
      default: "type"
      }
    return "fib \(isDestination ? "daddr" : "saddr") \(kind)"
  }

  /// A number between the order of the host and of the network. One that is shorter than it is said to be stays as it
  /// is, as
  /// in the kernel.
  private mutating func swap(_ data: NFTablesAttributes) {
    let source = data.number(NFTA_BYTEORDER_SREG)
    let target = data.number(NFTA_BYTEORDER_DREG)
    let size = Int(data.number(NFTA_BYTEORDER_SIZE) ?? 0)
    let length = Int(data.number(NFTA_BYTEORDER_LEN) ?? 0)
    if source == target, [2, 4, 8].contains(size), length < size { return }
    var words = registers.sources(source, max(length, 1)).first
    words?.excluded = nil
    guard size == length, let value = registers.value(source, length) else {
      return registers.store(
        [UInt8?](repeating: nil, count: min(max(length, 4), 64)), words, in: target)
    }
    registers.store(Int(littleEndian: 1) == 1 ? value.reversed() : value, words, in: target)
  }

  /// Bits that are masked away are known to be zero.
  private mutating func mask(_ data: NFTablesAttributes) {
    let target = data.number(NFTA_BITWISE_DREG)
    let length = Int(data.number(NFTA_BITWISE_LEN) ?? 0)
    let mask = data.nested(NFTA_BITWISE_MASK)[NFTA_DATA_VALUE]
    let flip = data.nested(NFTA_BITWISE_XOR)[NFTA_DATA_VALUE]
    guard data.number(NFTA_BITWISE_OP) ?? 0 == 0, let mask, let flip,
      let value = registers.value(data.number(NFTA_BITWISE_SREG), length), mask.count == length,
      flip.count == length
    else {
      return registers.store(
        [UInt8?](repeating: nil, count: min(max(length, 4), 64)),
        .init(name: Array("(bitwise)".utf8), kind: .bytes, length: length), in: target)
    }
    var source = registers.sources(data.number(NFTA_BITWISE_SREG), length).first
    if mask.contains(where: { $0 != 0xFF }) { source?.mask = mask }
    // What is left or turned is another value.
    source?.excluded = nil
    let bits = source?.bits
    source?.bits = nil
    let result = value.indices.map { index -> UInt8? in
      if mask[index] == 0 { return flip[index] }
      if let bits, length == 1, mask[0] & ~bits.mask == 0 { return bits.value & mask[0] ^ flip[0] }
      return value[index].map { $0 & mask[index] ^ flip[index] }
    }
    registers.store(result, source, in: target)
  }

  private mutating func takeImmediate(_ data: NFTablesAttributes) {
    let content = data.nested(NFTA_IMMEDIATE_DATA)
    if let verdict = NFTablesVerdict(content.nested(NFTA_DATA_VERDICT)) {
      return end([verdict.action], verdict.text)
    }
    registers.store(
      content[NFTA_DATA_VALUE] ?? [], nil, in: data.number(NFTA_IMMEDIATE_DREG))
  }
}
