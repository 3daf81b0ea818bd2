extension Conversation {
  /// So many zeros are no message's own.
  private static let leastZeros = 8

  /// Whether all that was said is zeros: what tools leave that take the payload out of a capture and keep its lengths.
  public var isZeros: Bool {
    client.bytes.count + server.bytes.count >= Self.leastZeros
      && client.bytes.allSatisfy { $0 == 0 } && server.bytes.allSatisfy { $0 == 0 }
  }
}
