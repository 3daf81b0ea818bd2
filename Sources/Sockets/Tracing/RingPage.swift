/// The events of one page of a trace ring, as `per_cpu/cpuN/trace_pipe_raw` gives it.
///
///     page:   time (8), commit (4 or 8), events...
///     event:  kind (5 bits), time since the last (27 bits), then by kind
///       0        array[0] = 4 + length of the data behind it
///       1...28   4 * kind bytes of data
///       29       nothing: the rest of the page when the time is 0, else array[0] bytes
///       30       array[0] = upper bits of the time since the last
///       31       array[0] = upper bits of a time by itself
///
/// (include/linux/ring_buffer.h; the bits are numbered from the low end on little-endian machines only.)
struct RingPage {
  private static let padding: UInt32 = 29
  private static let extendedTime: UInt32 = 30
  private static let absoluteTime: UInt32 = 31
  /// Low bits of `commit` that are a length; the highest of the low 32 tells of losses (kernel/trace/ring_buffer.c).
  private static let lengthMask: UInt64 = 0xF_FFFF
  private static let lostMark: UInt64 = 1 << 31

  /// The events in their order.
  private(set) var events: [EventRecord] = []
  /// Whether the ring overwrote events in front of this page.
  let hasLost: Bool
  /// The time of the page's first event.
  let time: UInt64

  /// Parses a page; nil when it is shorter than its own header. Events end at the first that does not fit.
  init?(_ page: [UInt8], layout: RingLayout) {
    let whole = EventRecord(time: 0, page: page, data: page.indices)
    guard let time = whole.number(layout.time), let commit = whole.number(layout.commit) else {
      return nil
    }
    self.time = time
    hasLost = commit & Self.lostMark != 0
    let end = min(page.count, layout.data + Int(commit & Self.lengthMask))
    var now = time
    var offset = layout.data
    while offset <= end - 4, let header = KernelBytes.load(UInt32.self, from: page, at: offset) {
      let kind = header & 31
      let delta = UInt64(header >> 5)
      let array = KernelBytes.load(UInt32.self, from: page, at: offset + 4)
      var data = (offset + 4)..<(offset + 4)
      switch kind {
      case Self.padding:
        guard delta != 0, let array else { return }
        now = now &+ delta
        data = (offset + 4)..<(offset + 4 + Int(array))
      case Self.extendedTime:
        guard let array else { return }
        now = now &+ (UInt64(array) << 27 | delta)
        data = (offset + 8)..<(offset + 8)
      case Self.absoluteTime:
        guard let array else { return }
        // The upper five bits have no room and are those of the time before.
        now = now & (31 << 59) | UInt64(array) << 27 | delta
        data = (offset + 8)..<(offset + 8)
      case 0:
        guard let array, array >= 4 else { return }
        now = now &+ delta
        data = (offset + 8)..<(offset + 4 + Int(array))
      default:
        now = now &+ delta
        data = (offset + 4)..<(offset + 4 + 4 * Int(kind))
      }
      guard data.upperBound <= end else { return }
      if kind < Self.padding {
        events.append(EventRecord(time: now, page: page, data: data))
      }
      offset = data.upperBound
    }
  }
}
