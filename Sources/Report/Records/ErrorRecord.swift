public import Packets

/// Something that went wrong with an input or an output, and is told instead of ending the run.
public struct ErrorRecord: Hashable, Sendable {
  /// What can go wrong: a closed list.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// There is no such file or directory.
    case notFound = "not-found"
    /// The path is a directory where a file is needed.
    case isDirectory = "is-directory"
    /// The rights do not suffice to read or write the file.
    case notPermitted = "not-permitted"
    /// The rights do not suffice to capture.
    case captureNotPermitted = "capture-not-permitted"
    /// The file is no capture in a format that is read here.
    case unknownFormat = "unknown-format"
    /// The file is compressed in a way that is not read here.
    case compressed
    /// Packets of several link types can't go into one file of this format.
    case mixedLinkTypes = "mixed-link-types"
    /// The capture's link type is not read here.
    case unknownLinkType = "unknown-link-type"
    /// The file ends in the middle of a record.
    case truncated
    /// The file contradicts itself.
    case damaged
    /// A bound of this program was reached: depth of archives, size of a record.
    case limit
    /// The directory or archive holds no capture.
    case empty
    /// Reading failed.
    case readFailed = "read-failed"
    /// There is no room to write to.
    case outOfSpace = "out-of-space"
    /// Writing failed.
    case writeFailed = "write-failed"
    /// There is no such interface.
    case noInterface = "no-interface"
    /// The interface is down or went away.
    case interfaceDown = "interface-down"
    /// The filter expression is wrong.
    case badFilter = "bad-filter"
    /// Capturing failed for another reason.
    case captureFailed = "capture-failed"
    /// A library that does it can't be loaded.
    case missingLibrary = "missing-library"
    /// The kernel did not tell of its sockets.
    case socketsUnknown = "sockets-unknown"
    /// So much happened that some of it may have been missed.
    case eventsLost = "events-lost"
    /// The records are none that can be joined with others.
    case notMergeable = "not-mergeable"
    /// The work was interrupted.
    case interrupted

    /// Whether an input could not be read, in whole or in part.
    public var isOfInput: Bool {
      switch self {
      case .notFound, .isDirectory, .notPermitted, .unknownFormat, .compressed, .truncated,
        .damaged, .limit, .empty, .readFailed, .notMergeable:
        true
      case .captureNotPermitted, .mixedLinkTypes, .unknownLinkType, .outOfSpace, .writeFailed,
        .noInterface, .interfaceDown, .badFilter, .captureFailed, .missingLibrary, .socketsUnknown,
        .eventsLost, .interrupted:
        false
      }
    }
  }

  /// What reading left out of a damaged file.
  public struct LeftOut: Hashable, Sendable {
    /// How many bytes, in all places.
    public var bytes: Int64
    /// In how many places.
    public var places: Int

    /// So many bytes, in so many places.
    public init(bytes: Int64, places: Int) {
      self.bytes = bytes
      self.places = places
    }
  }

  /// What it is about: a file, an interface, a filter; raw; nil when it is about nothing in particular.
  public var source: [UInt8]?
  /// What went wrong.
  public var kind: Kind
  /// The words of the system or of a library; raw; nil when they add nothing.
  public var message: String?
  /// Where in the source, in bytes.
  public var offset: Int64?
  /// The size of the source in bytes, where the offset is in it; nil where it is not known.
  public var size: Int64?
  /// What was not read where the source is damaged, while all else was; nil where nothing behind the offset was.
  public var leftOut: LeftOut?
  /// Whether the offset counts the bytes that the source unpacks to.
  public var isUnpacked = false
  /// When; nil offline.
  public var time: Timestamp?
  /// Where it happened, for the archive's member.
  public var member: [UInt8]?

  /// An error.
  public init(
    _ kind: Kind, source: [UInt8]? = nil, message: String? = nil, offset: Int64? = nil,
    time: Timestamp? = nil,
    member: [UInt8]? = nil
  ) {
    self.kind = kind
    self.source = source
    self.message = message
    self.offset = offset
    self.time = time
    self.member = member
  }
}
