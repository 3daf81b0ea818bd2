/// Where a record's packets came from.
public struct Origin: Hashable, Sendable {
  /// The capture file as typed, or the typed directory, `/` and the rest; raw. nil for a live capture.
  public var file: [UInt8]?
  /// The member of an archive; raw.
  public var member: [UInt8]?
  /// The files of a flow that was joined over several, the first among them; empty for all others.
  public var files: [Place] = []
  /// Further files of such a flow, of which only the number is kept.
  public var filesNotListed = 0
  /// The interface of a live capture; raw.
  public var interface: [UInt8]?
  /// Decimal digits of a second that the capture has: 6 for microseconds, 9 for nanoseconds; 0...9.
  public var digits: Int

  /// A capture file, or a member of an archive.
  public struct Place: Hashable, Sendable {
    /// The file as typed; raw.
    public var file: [UInt8]
    /// The member of the archive; raw.
    public var member: [UInt8]?

    /// A place.
    public init(file: [UInt8], member: [UInt8]? = nil) {
      self.file = file
      self.member = member
    }
  }

  /// Files that are listed of one flow.
  public static let mostFiles = 64

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
