/// Where a record's packets came from.
public struct Origin: Hashable, Sendable {
  /// The capture file as typed, or the typed directory, `/` and the rest; raw. nil for a live capture.
  public var file: [UInt8]?
  /// The member of an archive; raw.
  public var member: [UInt8]?
  /// The interface of a live capture; raw.
  public var interface: [UInt8]?
  /// Decimal digits of a second that the capture has: 6 for microseconds, 9 for nanoseconds; 0...9.
  public var digits: Int

  /// An origin; by default unknown, in microseconds.
  public init(
    file: [UInt8]? = nil, member: [UInt8]? = nil, interface: [UInt8]? = nil, digits: Int = 6
  ) {
    self.file = file
    self.member = member
    self.interface = interface
    self.digits = min(max(digits, 0), 9)
  }
}
