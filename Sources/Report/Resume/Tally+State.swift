import Packets
import Verdicts

extension Tally {
  /// The first and the last time, for a state file.
  var times: JSONValue {
    .object([
      "first": first.map { .integer($0.nanoseconds) },
      "last": last.map { .integer($0.nanoseconds) },
      "digits": .int(digits),
    ])
  }

  /// Flows by address, for a state file.
  var addresses: JSONValue {
    .object(["servers": servers.state, "clients": clients.state, "probers": probers.state])
  }

  /// What was added up, for a state file.
  var sums: JSONValue {
    .array(
      Transport.allCases.compactMap { transport in
        transports[transport].map { sums in
          .object(["transport": .string(transport.rawValue), "sums": sums.state])
        }
      })
  }

  /// What `times`, `sums` and `addresses` wrote; nil when they are nothing of the kind.
  init?(times: JSONValue, sums: JSONValue, addresses: JSONValue) {
    self.init()
    guard let servers = addresses[path: "servers"].flatMap({ AddressTally(state: $0) }),
      let clients = addresses[path: "clients"].flatMap({ AddressTally(state: $0) }),
      let probers = addresses[path: "probers"].flatMap({ AddressTally(state: $0) })
    else { return nil }
    add(servers: servers, clients: clients, probers: probers)
    guard let digits = times[path: "digits"]?.whole, (0...9).contains(digits) else { return nil }
    if times[path: "first"] != nil || times[path: "last"] != nil {
      guard let first = times[path: "first"]?.whole, let last = times[path: "last"]?.whole,
        first <= last
      else { return nil }
      note(
        first: Timestamp(nanoseconds: Int64(first)), last: Timestamp(nanoseconds: Int64(last)),
        digits: digits)
    }
    for item in sums.items {
      guard let transport = item[path: "transport"]?.text.flatMap(Transport.init(rawValue:)),
        let sums = item[path: "sums"].flatMap({ TransportTally(state: $0) })
      else { return nil }
      add(sums, of: transport)
    }
  }
}

extension AddressTally {
  fileprivate var state: JSONValue {
    .object([
      "others": .int(others),
      "flows": .array(
        sorted.map { .array([.string($0.address.description), .int($0.flows)]) }),
    ])
  }

  fileprivate init?(state: JSONValue) {
    self.init()
    guard let others = state[path: "others"]?.whole, others >= 0 else { return nil }
    note(others: others)
    for item in state[path: "flows"]?.items ?? [] {
      guard item.items.count == 2, let address = item.items[0].text.flatMap(IPAddress.init),
        let count = item.items[1].whole, count > 0
      else { return nil }
      note(address, flows: count)
    }
  }
}

extension TransportTally {
  fileprivate var state: JSONValue {
    let kinds = VerdictClass.allCases.flatMap { sorted($0) }.map { kind, group in
      JSONValue.object([
        "class": .string(kind.verdictClass.rawValue),
        "application": kind.application.map(JSONValue.string),
        "service_port": kind.servicePort.map { .int(Int($0)) },
        "tool": kind.tool.map(JSONValue.string), "spoofer": .bool(kind.isSpoofer),
        "flows": .int(group.flows), "packets": .int(group.packets), "bytes": .int(group.bytes),
        "calls": .int(group.calls), "summary": group.summary.map(JSONValue.string),
        "reasons": Self.state(of: group.reasons),
        "may_hide_call_waiting": group.mayHideCallWaiting ? .bool(true) : nil,
      ])
    }
    let others = VerdictClass.allCases.compactMap { verdictClass in
      self.others[verdictClass].map {
        JSONValue.object(["class": .string(verdictClass.rawValue), "flows": .int($0)])
      }
    }
    return .object([
      "packets": .int(packets), "bytes": .int(bytes), "copies": copies > 0 ? .int(copies) : nil,
      "translated": translated > 0 ? .int(translated) : nil,
      "left_out_flows": .int(leftOut.flows),
      "left_out_packets": .int(leftOut.packets), "kinds": .array(kinds), "others": .array(others),
    ])
  }

  private static func state(of reasons: [EvidenceItem: Int]) -> JSONValue? {
    var object = JSONObject()
    for (item, flows) in reasons.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      object[item.rawValue] = .int(flows)
    }
    return object.isEmpty ? nil : .object(object)
  }

  private static func reasons(of state: JSONValue) -> [EvidenceItem: Int]? {
    guard let reasons = state[path: "reasons"] else { return [:] }
    guard case .object(let object) = reasons,
      state[path: "class"]?.text == VerdictClass.undetermined.rawValue,
      var room = state[path: "flows"]?.whole
    else { return nil }
    var found: [EvidenceItem: Int] = [:]
    for member in object.members {
      guard let item = EvidenceItem(rawValue: member.key), FlowWords.reasons.contains(item),
        let flows = member.value.whole, flows > 0, flows <= room
      else { return nil }
      room -= flows
      found[item] = flows
    }
    return found
  }

  fileprivate init?(state: JSONValue) {
    guard let packets = state[path: "packets"]?.whole, let bytes = state[path: "bytes"]?.whole,
      let flows = state[path: "left_out_flows"]?.whole,
      let leftOutPackets = state[path: "left_out_packets"]?.whole
    else { return nil }
    let copies = state[path: "copies"].map { $0.whole ?? -1 } ?? 0
    let translated = state[path: "translated"].map { $0.whole ?? -1 } ?? 0
    guard (0...packets).contains(copies), (0...packets).contains(translated) else { return nil }
    self.init(
      packets: packets, bytes: bytes, copies: copies, translated: translated,
      leftOut: LeftOut(flows: flows, packets: leftOutPackets))
    for item in state[path: "kinds"]?.items ?? [] {
      guard let kind = Kind(state: item), let flows = item[path: "flows"]?.whole, flows > 0,
        let packets = item[path: "packets"]?.whole, let bytes = item[path: "bytes"]?.whole,
        let calls = item[path: "calls"]?.whole, let reasons = Self.reasons(of: item)
      else { return nil }
      let summary = item[path: "summary"]?.text
      // It stands in sentences as it is.
      if let summary, summary.unicodeScalars.contains(where: Escaped.isHidden) { return nil }
      var group = Group(
        flows: flows, packets: packets, bytes: bytes, calls: calls, summary: summary)
      group.reasons = reasons
      group.mayHideCallWaiting = item[path: "may_hide_call_waiting"] == .bool(true)
      add(group, of: kind)
    }
    for item in state[path: "others"]?.items ?? [] {
      guard let verdictClass = item[path: "class"]?.text.flatMap(VerdictClass.init(rawValue:)),
        let flows = item[path: "flows"]?.whole, flows > 0
      else { return nil }
      add(flows, ofOthers: verdictClass)
    }
  }
}

extension TransportTally.Kind {
  fileprivate init?(state: JSONValue) {
    guard
      let verdictClass = state[path: "class"]?.text.flatMap(VerdictClass.init(rawValue:)),
      case .bool(let isSpoofer)? = state[path: "spoofer"]
    else { return nil }
    self.init(
      verdictClass: verdictClass, application: state[path: "application"]?.text,
      servicePort: state[path: "service_port"]?.whole.flatMap { UInt16(exactly: $0) },
      tool: state[path: "tool"]?.text, isSpoofer: isSpoofer)
  }
}
