public import Packets

/// What a capture counted, and what of it could not be read.
public struct DropsRecord: Hashable, Sendable {
  /// Frames that could not be read, of one layer for one reason.
  public struct Unread: Hashable, Sendable {
    /// The layer that failed.
    public var layer: Malformed.Layer
    /// What was wrong with it.
    public var reason: Malformed.Reason
    /// How many frames.
    public var count: Int

    /// A count.
    public init(_ layer: Malformed.Layer, _ reason: Malformed.Reason, count: Int) {
      self.layer = layer
      self.reason = reason
      self.count = count
    }
  }

  /// When it was counted; nil when unknown.
  public var time: Timestamp?
  /// Frames that were looked at.
  public var received: Int
  /// From when to when these frames were captured: the times of each file's first and last frame, and of all that may be
  /// of the port; nil in a live capture, and where no frame has a time.
  public var span: FrameSpan?
  /// Packets of the port among them.
  public var onPort: Int
  /// Frames that the kernel dropped for want of room; nil offline.
  public var dropped: Int?
  /// Frames that the interface dropped; nil offline or where it does not say.
  public var interfaceDropped: Int?
  /// Packets of the port whose checksum was left to the interface (checksum offload), so that it tells nothing.
  public var unfilledChecksums = 0
  /// Packets of the port whose checksum is wrong.
  public var wrongChecksums = 0
  /// Flows that made room for others in a full table.
  public var evicted: Int
  /// Flows of which one side at most said anything that are counted and have no record of their end: the end of a live
  /// capture had no time for them.
  public var untold = 0
  /// Frames that could not be read, by layer and reason.
  public var unread: [Unread]
  /// Where it was counted.
  public var origin: Origin

  /// Counters; by default nothing was counted.
  public init(
    time: Timestamp? = nil, received: Int = 0, onPort: Int = 0, dropped: Int? = nil,
    interfaceDropped: Int? = nil, evicted: Int = 0, unread: [Unread] = [], origin: Origin = Origin()
  ) {
    self.time = time
    self.received = received
    self.onPort = onPort
    self.dropped = dropped
    self.interfaceDropped = interfaceDropped
    self.evicted = evicted
    self.unread = unread
    self.origin = origin
  }

  /// The counts in the order of their layers' and reasons' names.
  var sortedUnread: [Unread] {
    unread.sorted {
      $0.layer == $1.layer
        ? $0.reason.rawValue < $1.reason.rawValue : $0.layer.rawValue < $1.layer.rawValue
    }
  }
}
