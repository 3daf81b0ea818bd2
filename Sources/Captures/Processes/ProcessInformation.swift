/// What a capture file tells of a process that its packets name by number.
///
/// Texts are raw bytes: a process may name itself anything.
public struct ProcessInformation: Hashable, Sendable {
  /// The process number.
  public var process: UInt32
  /// When it began, in nanoseconds since 1970-01-01T00:00:00Z: numbers are given out again. nil
  /// when not known.
  public var startNanoseconds: UInt64?
  /// Its name.
  public var name: [UInt8]?
  /// The path of its program.
  public var path: [UInt8]?
  /// Its arguments with a NUL between them.
  public var commandLine: [UInt8]?
  /// The number of its parent.
  public var parent: UInt32?
  /// Its user's number.
  public var user: UInt32?
  /// Its user's name.
  public var userName: [UInt8]?
  /// A line about it.
  public var comment: String?

  /// The bytes of its texts.
  var textLength: Int {
    [name, path, commandLine, userName].reduce(comment?.utf8.count ?? 0) { $0 + ($1?.count ?? 0) }
  }

  /// A process of which only the number, and perhaps its start, is known yet.
  public init(process: UInt32, startNanoseconds: UInt64? = nil) {
    self.process = process
    self.startNanoseconds = startNanoseconds
  }
}
