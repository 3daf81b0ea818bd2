import Flows
import Packets
import Report

/// What is said of the flows of a file in a written capture, by their numbers: four bytes a flow, and each text once.
struct FlowComments: Sendable {
  /// Different texts that are kept; flows beyond them are written without one.
  static let most = 65_536

  private var texts: [String] = []
  private var places: [String: UInt32] = [:]
  /// 0 for a flow that is left out, else one behind its text's place; the last is no text.
  private var ofFlows: [UInt32] = []
  private static let none = UInt32.max
  /// The names that `--resolve` found for the addresses of those flows, the first so many.
  private(set) var names: [(address: [UInt8], name: String)] = []
  private static let mostNames = 4_096

  /// Notes the names that were found for the ends of a flow that is written.
  mutating func noteNames(of record: FlowRecord) {
    let ends = [(record.flow.client, record.clientName), (record.flow.server, record.serverName)]
    for (end, name) in ends where names.count < Self.mostNames {
      if let name { names.append((end.address.networkBytes, name)) }
    }
  }

  /// Notes that a flow is written, and what is said of it. Flows are numbered from 1, without large gaps.
  mutating func note(_ flow: Int, _ text: String) {
    let flow = max(0, flow)
    if flow >= ofFlows.count {
      ofFlows += Array(repeating: 0, count: flow + 1 - ofFlows.count)
    }
    if let place = places[text] {
      ofFlows[flow] = place + 1
    } else if texts.count < Self.most {
      texts.append(text)
      places[text] = UInt32(texts.count - 1)
      ofFlows[flow] = UInt32(texts.count)
    } else {
      ofFlows[flow] = Self.none
    }
  }

  /// Whether a flow is written.
  func isWritten(_ flow: Int) -> Bool { ofFlows.indices.contains(flow) && ofFlows[flow] != 0 }

  /// What is said of a flow, the first time that it is asked for.
  mutating func take(_ flow: Int) -> String? {
    guard isWritten(flow), ofFlows[flow] != Self.none else { return nil }
    let place = Int(ofFlows[flow]) - 1
    ofFlows[flow] = Self.none
    return texts[place]
  }
}
