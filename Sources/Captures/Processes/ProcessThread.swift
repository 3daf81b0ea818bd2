/// The process and thread that a frame belongs to (pcapng EPB option 8, `epb_processid_threadid`).
public struct ProcessThread: Hashable, Sendable {
  /// The process number.
  public var process: UInt32
  /// The thread number; equal to `process` for its first thread.
  public var thread: UInt32

  /// A pair of these numbers.
  public init(process: UInt32, thread: UInt32) {
    self.process = process
    self.thread = thread
  }
}
