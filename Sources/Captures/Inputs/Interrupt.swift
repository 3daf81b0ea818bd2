/// What ends a wait for a pipe: a descriptor that becomes readable.
public struct Interrupt {
  /// The descriptor; it is neither read nor closed here.
  let descriptor: Int32
  /// Looks at what woke the wait, where a wait can't be left and taken up again (inside of a library that unpacks, or before it is known what the bytes are):
  /// whether reading is to end, or to go on.
  public let asksToEnd: () -> Bool

  /// An interrupt; by default each one ends the reading of what can't be taken up again.
  public init(descriptor: Int32, asksToEnd: @escaping () -> Bool = { true }) {
    self.descriptor = descriptor
    self.asksToEnd = asksToEnd
  }
}
