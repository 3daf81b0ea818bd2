import Packets
import Verdicts

/// Flows of one client and one server with the same verdict, as one row of a ticket.
struct FlowGroup {
  private struct Key: Hashable {
    let client: IPAddress
    let server: Endpoint
    let transport: Transport
    let verdictClass: VerdictClass
    let application: String?
  }

  /// How many flows.
  private(set) var flows = 1
  private let first: FlowRow
  private var began: Timestamp
  private var packets: Int
  private var details: String?
  private var areAlike = true
  private var process: String?
  private var areOneClients = true

  /// Characters of what the bytes told.
  private static let longest = 60

  private init(_ row: FlowRow) {
    first = row
    (began, packets) = (row.first, row.packets)
    (details, process) = (row.details, row.clientProcess)
  }

  /// The listed flows in groups: those of the flows with the numbers `first`, in that order, then the others.
  static func all(of findings: Findings, first: [Int]) -> [FlowGroup] {
    let leading = Set(first)
    let rows =
      first.map { findings.rows[$0 - 1] } + findings.rows.filter { !leading.contains($0.number) }
    var places: [Key: Int] = [:]
    var groups: [FlowGroup] = []
    for row in rows {
      let key = Key(
        client: row.client.address, server: row.server, transport: row.transport,
        verdictClass: row.verdictClass, application: row.application)
      if let place = places[key] {
        groups[place].add(row)
      } else {
        places[key] = groups.count
        groups.append(FlowGroup(row))
      }
    }
    return groups
  }

  /// Those of a class one after the other, the earliest first; the classes stay in their order.
  static func inTime(_ groups: ArraySlice<FlowGroup>) -> [FlowGroup] {
    var classes: [VerdictClass: Int] = [:]
    for group in groups where classes[group.first.verdictClass] == nil {
      classes[group.first.verdictClass] = classes.count
    }
    return groups.sorted {
      (classes[$0.first.verdictClass] ?? 0, $0.began) < (
        classes[$1.first.verdictClass] ?? 0, $1.began
      )
    }
  }

  private mutating func add(_ row: FlowRow) {
    flows += 1
    packets &+= row.packets
    began = min(began, row.first)
    areAlike = areAlike && row.details == details
    details = details ?? row.details
    areOneClients = areOneClients && row.clientProcess == process
    process = process ?? row.clientProcess
  }

  /// The row: when the first began, client, server, verdict, what was said, flows, packets.
  var cells: [String] {
    let client = flows == 1 ? first.client.description : first.client.address.description
    let told = details.map { (areAlike ? "" : "such as ") + $0 } ?? ""
    let mark = first.areEndsOpen ? " or server" : ""
    return [
      Times.rfc3339(began, digits: 0),
      client + mark + (process.map { " (\(areOneClients ? "" : "such as ")\($0))" } ?? ""),
      "\(first.server)/\(first.transport.rawValue)\(first.areEndsOpen ? " or client" : "")",
      first.verdictClass.rawValue + (first.application.map { " \($0)" } ?? ""),
      Escaped.cut(told, to: Self.longest), String(flows), String(packets),
    ]
  }
}
