/// Holds a document against the schema of RFC 3910 section 9 while the parser walks it.
final class SPIRITSBuilder: XMLReceiver {
  /// The events that have ended.
  private(set) var events: [SPIRITSDocument.Event] = []
  /// Why the document was refused; nil while it is sound.
  private(set) var refusal: SPIRITSDocument.Refusal?

  /// The elements around the next one.
  private enum Level {
    case root
    case event
    /// One of `Event`'s children, by its place in the sequence.
    case value(Int)
    /// An element of another namespace behind the events, and whatever is inside it.
    case foreign
  }

  /// Children of `Event` in the order that the schema demands.
  private static let children = [
    "CalledPartyNumber", "CallingPartyNumber", "DialledDigits", "Cell-ID", "Cause",
  ]
  private static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance\n"

  private var levels: [Level] = []
  private var elements = 0
  private var event: SPIRITSDocument.Event?
  private var nextChild = 0
  private var value = ""
  private var hasForeign = false

  func begin(_ name: String, _ attributes: [(name: String, value: String)]) -> Bool {
    elements += 1
    guard elements <= SPIRITSDocument.mostElements, levels.count < SPIRITSDocument.deepest,
      attributes.count <= SPIRITSDocument.mostAttributes
    else { return refuse(.bounds) }
    // A schema allows these everywhere.
    let attributes = attributes.filter { !$0.name.hasPrefix(Self.schemaInstance) }
    let prefix = SPIRITSDocument.namespace + "\n"
    let local = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    switch (levels.last, local) {
    case (nil, "spirits-event"?):
      guard attributes.isEmpty else { return refuse(.schema) }
      levels.append(.root)
    case (.root?, "Event"?):
      guard !hasForeign, let event = Self.event(attributes) else { return refuse(.schema) }
      self.event = event
      nextChild = 0
      levels.append(.event)
    case (.root?, nil):
      // Elements of later namespaces follow the events of the base schema.
      guard !events.isEmpty, name.utf8.contains(10) else { return refuse(.schema) }
      hasForeign = true
      levels.append(.foreign)
    case (.event?, let child?):
      guard attributes.isEmpty, let place = Self.children.firstIndex(of: child), place >= nextChild
      else { return refuse(.schema) }
      nextChild = place + 1
      value = ""
      levels.append(.value(place))
    case (.foreign?, _):
      levels.append(.foreign)
    default:
      return refuse(.schema)
    }
    return true
  }

  func text(_ text: String) -> Bool {
    switch levels.last {
    case .value?:
      value += text
      return value.utf8.count <= SPIRITSDocument.longestValue || refuse(.bounds)
    case .foreign?:
      return true
    default:
      return text.utf8.allSatisfy { [9, 10, 13, 0x20].contains($0) } || refuse(.schema)
    }
  }

  func end() -> Bool {
    switch levels.popLast() {
    case .event?:
      if let event { events.append(event) }
      event = nil
    case .value(let place)?:
      // xs:token: blanks around it do not count.
      let token = value.split { [" ", "\t", "\n", "\r"].contains($0) }.joined(separator: " ")
      return set(token, at: place)
    default: break
    }
    return true
  }

  func refusedDeclaration() { refusal = refusal ?? .documentType }

  private func set(_ token: String, at place: Int) -> Bool {
    switch place {
    case 0: event?.called = token
    case 1: event?.calling = token
    case 2: event?.dialled = token
    case 3: event?.cell = token
    default:
      guard token == "Busy" || token == "Unreachable" else { return refuse(.schema) }
      event?.cause = token
    }
    return true
  }

  private func refuse(_ reason: SPIRITSDocument.Refusal) -> Bool {
    refusal = refusal ?? reason
    return false
  }

  /// `type` and `name` are required and must fit each other; `mode` is `N` or `R`.
  private static func event(
    _ attributes: [(name: String, value: String)]
  ) -> SPIRITSDocument.Event? {
    var kind: SPIRITSDocument.Event.Kind?
    var name: String?
    var mode = "N"
    for attribute in attributes {
      switch attribute.name {
      case "type": kind = SPIRITSDocument.Event.Kind(rawValue: attribute.value)
      case "name": name = attribute.value
      case "mode": mode = attribute.value
      default: return nil
      }
    }
    guard let kind, let name, mode == "N" || mode == "R" else { return nil }
    let known =
      kind == .detectionPoint ? SPIRITSDocument.detectionPoints : SPIRITSDocument.profileEvents
    guard known.contains(name) else { return nil }
    return SPIRITSDocument.Event(kind: kind, name: name, isRequest: mode == "R")
  }
}
