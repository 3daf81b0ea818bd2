extension Verdict {
  /// Follows the exchange of a flow's two sides: what the capture lacks is said of the right one, and that it began behind
  /// the flow's start.
  public mutating func exchangeSides() {
    missing = missing.map {
      switch $0 {
      case .clientDirection: .serverDirection
      case .serverDirection: .clientDirection
      default: $0
      }
    }
    if !missing.contains(.start) { missing.insert(.start, at: 0) }
  }
}
