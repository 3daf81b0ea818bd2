/// Why a device or a file could not be opened, read, filtered or written.
///
/// Values only: the words for the user are made elsewhere, except what libpcap itself had to say.
public struct CaptureError: Error, Hashable, Sendable {
  /// What went wrong.
  public enum Failure: Hashable, Sendable {
    /// No such file.
    case notFound
    /// The path is a directory.
    case isDirectory
    /// The right to open it is missing.
    case notPermitted(Need)
    /// The file has no byte at all.
    case empty
    /// The first bytes belong to no capture format that is known here.
    case notACapture
    /// The first bytes belong to a compressed file or an archive, where only a capture can be read.
    case compressed
    /// An archive lies in another one: it is not opened.
    case archiveInArchive
    /// There are more compressions around it than are undone.
    case tooManyLayers
    /// The archive has more members than are looked at.
    case tooManyMembers
    /// It unpacks to so much more than it holds that it is taken for a bomb.
    case expandsTooFar
    /// The bytes at `offset` contradict the format.
    case damaged(Damage)
    /// The file ends inside of what begins at `offset`.
    case truncated
    /// No such network interface.
    case noSuchDevice
    /// The interface disappeared while capturing.
    case deviceGone
    /// The interface went down while capturing, but still exists.
    case deviceDown
    /// libpcap refused the device for a reason that only `message` tells.
    case deviceRefused
    /// The filter expression or program is not valid; `message` is libpcap's.
    case badFilter
    /// A pcap file holds one link type; this frame has another.
    case mixedLinkTypes(first: Int32, other: Int32)
    /// The library of this name, which does it, can't be loaded.
    case noLibrary(String)
    /// There is no interface of this number.
    case noSuchInterface(Int)
    /// No space, no quota, or the file may not grow.
    case outOfSpace
    /// The reader at the other end of the pipe has gone.
    case brokenPipe
    /// The descriptor that interrupts a wait became readable; everything read before was delivered.
    case interrupted
    /// The reader at the other end of the pipe takes nothing, and the end was asked for.
    case stalled
    /// Any other failure to write, as its `errno`.
    case writing(Int32)
    /// Any other failure of a system call, as its `errno`.
    case io(Int32)
  }

  /// The right that is missing.
  public enum Need: Hashable, Sendable {
    /// Permission on the file.
    case file
    /// `CAP_NET_RAW`, to open a device.
    case rawSocket
    /// `CAP_NET_ADMIN`, for promiscuous mode.
    case promiscuous
  }

  /// How bytes contradict their format.
  public enum Damage: Hashable, Sendable {
    /// The header of a pcap file: libpcap's `message` says what.
    case header
    /// Zeros stand where a pcap record should begin.
    case zeros
    /// A pcap record claims to hold so many bytes.
    case recordLength(UInt32)
    /// A pcapng block claims a length that it cannot have.
    case blockLength(UInt32)
    /// A pcapng block repeats another length at its end.
    case trailingLength(UInt32)
    /// The byte-order magic of a section is none.
    case byteOrder(UInt32)
    /// The version of a section is not known.
    case version(major: UInt16, minor: UInt16)
    /// A packet names an interface that its section has not described.
    case interface(UInt32)
    /// A packet claims more bytes than its block has.
    case packetLength(UInt32)
    /// A section describes more interfaces than are followed here.
    case tooManyInterfaces
    /// Compressed bytes, or an archive, contradict their format; `message` is the library's.
    case packed
    /// Something else follows the end of the compressed bytes.
    case trailingBytes
  }

  /// What reading left out of a damaged capture.
  public struct LeftOut: Hashable, Sendable {
    /// How many bytes, in all places.
    public internal(set) var bytes: UInt64
    /// In how many places.
    public internal(set) var places: Int
  }

  /// The path, `-` or the device name, as it was given.
  public let source: String
  /// What went wrong.
  public let failure: Failure
  /// The message of libpcap, libarchive or zlib, raw; nil when the failure is not theirs.
  public let message: String?
  /// The first byte of the damaged or cut record, from the start of the capture.
  public let offset: UInt64?
  /// The member of an archive that it is about, raw; nil outside of archives.
  public private(set) var member: [UInt8]?
  /// Whether `offset` counts the bytes that were unpacked, not those of the file.
  public private(set) var isUnpacked = false

  /// What was left out at `offset` and at later damage, where reading went on behind it; nil where it did not.
  public internal(set) var leftOut: LeftOut?

  /// The bytes of the file that `offset` is in; nil when there is no such place, and where they are not known.
  public private(set) var size: UInt64?

  /// An error of these values.
  public init(
    source: String, failure: Failure, message: String? = nil, offset: UInt64? = nil
  ) {
    self.source = source
    self.failure = failure
    self.message = message
    self.offset = offset
  }

  /// The same error, with the size of the file that it is about.
  func of(size: UInt64?) -> CaptureError {
    var error = self
    error.size = offset == nil ? nil : size
    return error
  }

  /// The same error, about a member of an archive or about what a compressed file unpacks to.
  func inside(_ member: [UInt8]?) -> CaptureError {
    var error = self
    error.member = member
    error.isUnpacked = true
    return error
  }
}
