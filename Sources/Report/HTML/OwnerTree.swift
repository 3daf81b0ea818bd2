import Packets
import Sockets

/// Who holds the port, as a tree: the socket, who holds it, and where those come from.
struct OwnerTree {
  /// Sockets that are shown.
  private static let most = 60

  let survey: PortSurvey
  let port: UInt16
  let names: [IPAddress: String]
  private let text = TextReport()

  init(survey: PortSurvey, port: UInt16, names: [IPAddress: String]) {
    self.survey = survey
    self.port = port
    self.names = names
  }

  /// The tree, and below it what is to be said beside it.
  var markup: Markup {
    var told: Set<ProcessKey> = []
    var items = survey.sockets.prefix(Self.most).map { socket($0, &told) }
    let more = survey.sockets.count - Self.most
    if more > 0 {
      items.append(.element("li", "\(Amounts.count(more, "more socket")): icwscan owner lists all"))
    }
    let notes = text.notes(survey, port: port).filter { !$0.isEmpty }
    let tree: Markup =
      items.isEmpty
      ? .element("p", "No socket of this host is on the port.")
      : .element("ul", ["class": "tree"], items)
    return tree
      + (notes.isEmpty
        ? .none : .element("ul", ["class": "notes"], notes.map { .element("li", $0) }))
  }

  private func socket(_ owned: OwnedSocket, _ told: inout Set<ProcessKey>) -> Markup {
    let socket = owned.socket
    let local = socket.local.map { text.named($0, names[$0.address]) } ?? "?"
    let peer = socket.peer.map { " \u{2194} " + text.named($0, names[$0.address]) } ?? ""
    var parts: [Markup] = [
      .element(
        "span", ["class": "kind"],
        "\(socket.isMultipath ? "mptcp" : socket.transport.rawValue) \(socket.state.rawValue)"),
      Markup(" "), .element("b", ["class": "mono"], local + peer),
    ]
    var children: [Markup] = []
    if socket.isListening, let exposure = text.exposure(owned) {
      children.append(.element("li", exposure))
    } else if let namespace = owned.namespace, !namespace.isOwn {
      children.append(.element("li", "inside \(ContainerWords.of(namespace))"))
    }
    children += owned.holders.map { holder($0, &told) }
    if owned.holders.isEmpty {
      let reason = owned.missing.map { Words.of($0, of: socket) } ?? "nobody looked for its process"
      children.append(.element("li", ["class": "missing"], "no known process: \(reason)"))
    }
    children += owned.activation.map {
      .element("li", UnitWords.of($0, port: port, isActive: true))
    }
    parts.append(.element("p", ["class": "soft small"], text.details(socket)))
    if !children.isEmpty { parts.append(.element("ul", children)) }
    return .element("li", parts)
  }

  /// A process: its facts the first time, then only its name.
  private func holder(_ holder: Holder, _ told: inout Set<ProcessKey>) -> Markup {
    let process = holder.process
    let name: [Markup] = [
      .element("span", ["class": "kind"], holder.isInherited ? "inherited by" : "held by"),
      Markup(" "), .element("b", ["class": "mono"], ProcessWords.of(process)),
    ]
    guard told.insert(process.key).inserted else {
      return .element("li", name + [Markup(", told above")])
    }
    let held = survey.sockets.filter { owned in
      owned.holders.contains { $0.process.key == process.key }
    }
    let inodes = held.map(\.socket.inode)
    let facts = text.facts(TextReport.Shown(holder: holder, inodes: inodes))
      .filter { !["parents", "parent", "unit", "container"].contains($0[0]) }
    let list = Markup.element(
      "dl", facts.flatMap { [.element("dt", $0[0]), Markup.element("dd", $0[1])] })
    return .element("li", name + [list, .element("ul", surroundings(holder))])
  }

  /// What a process is part of: its unit, its container, its parents one in another.
  private func surroundings(_ holder: Holder) -> [Markup] {
    var items: [Markup] = []
    func add(_ kind: String, _ words: String) {
      items.append(
        .element("li", .element("span", ["class": "kind"], kind), Markup(" " + words)))
    }
    if let unit = holder.process.unit { add("in the unit", Escaped.text(unit)) }
    if let container = holder.provenance?.container {
      add("in the container", ContainerWords.of(container))
    } else if let container = holder.process.containerID {
      add("in the container", Escaped.text(container))
    }
    let ancestors = holder.provenance?.ancestors ?? []
    if ancestors.isEmpty, holder.process.parent > 0 {
      add("child of", "pid \(holder.process.parent)")
    }
    var chain = Markup.none
    for ancestor in ancestors.reversed() {
      chain = .element(
        "li", .element("span", ["class": "kind"], "child of"), Markup(" "),
        .element("span", ["class": "mono"], ProcessWords.of(ancestor)),
        chain == .none ? .none : .element("ul", chain))
    }
    if chain != .none { items.append(chain) }
    return items
  }
}
