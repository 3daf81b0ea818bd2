/// The first bytes that one side sent, in sequence order.
///
/// TCP: the stream from `beginsAtStart`; UDP: the kept datagrams one behind the other, told apart by `Turn.range`.
public struct SideBytes: Hashable, Sendable {
  /// The bytes, at most `FlowLimits.bytesPerSide`.
  public var bytes: [UInt8]
  /// Whether the first of `bytes` is the first that the side ever sent (TCP: its SYN was seen or the other side's
  /// acknowledgement proves it; UDP: nothing is known to be missing before it).
  public var beginsAtStart: Bool
  /// Whether bytes behind the kept ones are known to be missing (a lost segment, a cut frame, the bound).
  public var isIncomplete: Bool
  /// Bytes that the side sent in all, as far as the capture shows; TCP: by its highest sequence number.
  public var total: Int

  /// The first bytes of a side; by default complete from its start.
  public init(
    _ bytes: [UInt8] = [], beginsAtStart: Bool = true, isIncomplete: Bool = false, total: Int? = nil
  ) {
    self.bytes = bytes
    self.beginsAtStart = beginsAtStart
    self.isIncomplete = isIncomplete
    self.total = total ?? bytes.count
  }

  /// Keeps the bytes of `payload` that lie in `range`, which must be inside it.
  mutating func append(_ payload: Span<UInt8>, _ range: Range<Int>) {
    let part = payload.extracting(range)
    unsafe part.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }
}
