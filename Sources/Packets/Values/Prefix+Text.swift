extension Prefix: LosslessStringConvertible {
  /// The block as `address/length`.
  public var description: String { "\(address)/\(length)" }

  /// Reads `address/length`, or a lone address as a block of one.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0])) else { return nil }
    guard parts.count == 2 else {
      self.init(address, length: address.family == .ipv4 ? 32 : 128)
      return
    }
    guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(parts[1])
    else { return nil }
    self.init(address, length: length)
  }
}
