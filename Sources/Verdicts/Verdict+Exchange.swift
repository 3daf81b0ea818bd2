import Flows
import Identify

extension Verdict {
  /// Follows the exchange of a flow's two sides: what the capture lacks, the evidence and the grounds are said of the right one,
  /// and that the capture began behind the flow's start.
  public mutating func exchangeSides() {
    missing = missing.map {
      switch $0 {
      case .clientDirection: .serverDirection
      case .serverDirection: .clientDirection
      default: $0
      }
    }
    if !missing.contains(.start) { missing.insert(.start, at: 0) }
    evidence = evidence.map {
      Evidence(
        $0.item, $0.weight, points: $0.points, detail: $0.detail, packet: $0.packet,
        side: $0.side?.opposite, offset: $0.offset, length: $0.length)
    }
    if var turned = recognition {
      turned.grounds = turned.grounds.map {
        Ground($0.side.opposite, $0.offset, $0.length, $0.what)
      }
      turned.clientIs = turned.clientIs?.opposite
      recognition = turned
    }
    clientSide = clientSide?.opposite
  }
}
