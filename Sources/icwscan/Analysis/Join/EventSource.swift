import Packets
import Report

/// The port's packets of one input, one behind the other: of a capture or archive, or of records that were made of it.
protocol EventSource: AnyObject {
  /// The next packet; nil at the end.
  ///
  /// - Throws: `CaptureError`; the next call goes on behind what failed. Where no packet has come for a while, too, as
  ///   `.interrupted`, so that the run may look at signals.
  func next() throws -> JoinedEvent?
  /// What the source has counted so far.
  var totals: AnalysisTotals { get }
}

/// A packet of the port on its way into a joined flow table.
struct JoinedEvent: Sendable {
  /// What flows take.
  let event: PortEvent
  /// The file that it came from.
  let origin: Origin
  /// The frames that held it, its own last, where they are written or printed; else none.
  var frames: [HeldFragments.Held] = []
  /// The place of its input among all.
  var place = 0
  /// The DLT number of those frames.
  var linkType: Int32 = 0
}

/// A source that is opened when its turn comes.
struct EventInput {
  /// The time of its first frame; nil when it has none.
  let first: Timestamp?
  /// Its name, which decides where times are equal.
  let name: [UInt8]
  /// Opens it.
  let open: () throws -> any EventSource
}
