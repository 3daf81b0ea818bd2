import Captures
import Packets

/// The file of `-w`: the port's packets, with a comment a flow.
///
/// What a flow is shows only at its end, so packets wait in a spool until the file that they came from is read: that
/// works for pipes and archives too, and takes as much disk as the port's packets of one input.
struct PacketExport: ~Copyable {
  private var writer: CaptureWriter
  private var spool: FrameSpool?
  private var failure: CaptureError?

  /// An export into an open file; without a spool everything is written at once.
  init(_ writer: consuming CaptureWriter, spool: consuming FrameSpool?) {
    self.writer = writer
    self.spool = spool
  }

  /// Whether packets wait for their flow's verdict.
  var waitsForVerdicts: Bool { spool != nil }

  /// Adds a frame of a flow.
  mutating func add(
    _ bytes: Span<UInt8>, length: Int, time: Timestamp, linkType: Int32, interface: Int, flow: Int?
  ) {
    if spool != nil {
      spool?.append(
        bytes, length: length, nanoseconds: time.nanoseconds, linkType: linkType,
        interface: interface, tag: flow ?? 0)
    } else {
      writer.write(
        bytes, length: length, nanoseconds: time.nanoseconds, linkType: linkType,
        interface: interface, name: nil)
    }
  }

  /// Writes what waits, now that the flows' comments are known.
  mutating func settle(_ comments: consuming FlowComments?) {
    guard spool != nil, var comments else { return }
    do {
      try spool?.replay { frame in
        guard comments.isWritten(frame.tag) else { return }
        writer.write(
          frame.bytes.span, length: frame.length, nanoseconds: frame.nanoseconds,
          linkType: frame.linkType, interface: frame.interface, name: nil,
          comment: comments.take(frame.tag))
      }
    } catch {
      failure = failure ?? error
    }
  }

  /// Writes out what is buffered.
  mutating func flush() { _ = writer.flush() }

  /// Ends the file; returns what went wrong since it was begun, if anything did.
  mutating func finish() -> CaptureError? {
    let written = writer.finish()
    return failure ?? written
  }
}
