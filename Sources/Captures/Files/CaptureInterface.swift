/// An interface as a capture file describes it.
public struct CaptureInterface: Hashable, Sendable {
  /// libpcap's DLT number.
  public let linkType: Int32
  /// The LINKTYPE number that stands in the file.
  public let fileLinkType: Int32
  /// The most bytes of a frame that were kept; 0: no limit was told.
  public let snapshotLength: Int
  /// How many decimal digits of a second its timestamps hold, 0 to 9.
  public let fractionDigits: Int
  /// The interface's name, raw and cut at 256 bytes; nil when the file has none.
  public let name: [UInt8]?
  /// The interface's description, raw and cut at 256 bytes; nil when the file has none.
  public let description: [UInt8]?
}
