extension Conversation {
  /// So many zeros are no message's own: keepalives have fewer.
  private static let leastZeros = 16

  /// Whether all that was said is zeros, a message of some length among it: what tools leave that take the payload out of a
  /// capture and keep its lengths.
  public var isZeros: Bool {
    turns.contains { $0.range.count >= Self.leastZeros }
      && client.bytes.allSatisfy { $0 == 0 } && server.bytes.allSatisfy { $0 == 0 }
  }
}
