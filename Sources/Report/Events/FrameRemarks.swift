/// What a capture file says of a packet beside its bytes, raw and bounded: a file may say anything.
public struct FrameRemarks: Hashable, Sendable {
  /// Comments that are kept of one packet, and of one flow.
  public static let mostComments = 8
  /// Bytes that are kept of one comment.
  public static let longestComment = 1_024
  /// Bytes of an interface's name that are read again.
  static let longestName = 256

  /// The name of the interface that it was captured on; nil when the file has none.
  public var interface: [UInt8]?
  /// Its comments, at most ``mostComments`` of ``longestComment`` bytes, in order.
  public private(set) var comments: [[UInt8]] = []
  /// Further comments, of which only the number is kept.
  public private(set) var commentsNotListed = 0

  /// Remarks with comments, of which no more than the bounds allow is kept.
  public init(interface: [UInt8]? = nil, comments: [[UInt8]] = []) {
    self.interface = interface
    self.comments = comments.prefix(Self.mostComments).map { Array($0.prefix(Self.longestComment)) }
    commentsNotListed = comments.count - self.comments.count
  }

  /// Whether nothing is said.
  public var isEmpty: Bool { interface == nil && comments.isEmpty && commentsNotListed == 0 }

  /// The bytes of its texts.
  public var size: Int { comments.reduce(interface?.count ?? 0) { $0 + $1.count } }
}

extension FrameRemarks {
  /// The remarks for a run that joins the packet with others.
  func put(into out: inout EventBytes) {
    out.put(interface != nil)
    if let interface { out.put(interface) }
    out.put(UInt8(comments.count))
    for comment in comments { out.put(comment) }
    out.put(UInt32(clamping: commentsNotListed))
  }

  /// Reads remarks; nil where the bytes do not fit, or are more than such a run writes.
  init?(_ reader: inout EventReader) {
    guard let hasInterface = reader.flag() else { return nil }
    if hasInterface {
      guard let name = reader.payload(), name.count <= Self.longestName else { return nil }
      interface = name
    }
    guard let count = reader.number(UInt8.self), count <= Self.mostComments else { return nil }
    for _ in 0..<count {
      guard let comment = reader.payload(), comment.count <= Self.longestComment else { return nil }
      comments.append(comment)
    }
    guard let more = reader.number(UInt32.self) else { return nil }
    commentsNotListed = Int(more)
  }
}
