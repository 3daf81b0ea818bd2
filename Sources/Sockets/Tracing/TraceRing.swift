import Glibc

/// One processor's part of a ring, read page by page without waiting.
final class TraceRing {
  private let file: Descriptor
  private let layout: RingLayout

  /// A reader of an open `trace_pipe_raw`.
  init(_ file: consuming Descriptor, layout: RingLayout) {
    self.file = file
    self.layout = layout
  }

  /// The descriptor, to wait for events with poll(2).
  var descriptor: Int32 { file.number }

  /// The next page with events, consumed; nil when there is none. The corresponding C function is `read`.
  func next() -> RingPage? {
    var page = [UInt8](repeating: 0, count: layout.length)
    guard let count = try? file.read(into: &page), count > 0 else { return nil }
    if count < page.count { page.removeLast(page.count - count) }
    return RingPage(page, layout: layout)
  }
}
