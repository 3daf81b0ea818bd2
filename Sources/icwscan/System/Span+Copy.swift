extension [UInt8] {
  /// The bytes of a span as an array of their own.
  init(copying span: Span<UInt8>) {
    self.init()
    reserveCapacity(span.count)
    for index in span.indices { append(span[index]) }
  }
}
