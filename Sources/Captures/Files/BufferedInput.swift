import Glibc

/// Bytes read through one buffer.
///
/// The buffer grows only to what one record needs, and its callers bound that.
@safe struct BufferedInput: ~Copyable {
  /// One read takes so much: large enough that the system call does not count.
  static let chunk = 256 * 1024

  /// Where the bytes come from.
  private let bytes: any ByteSource
  /// Named in errors.
  let source: String
  /// The size of a regular file when it was opened; nil for a pipe and for what is unpacked.
  let size: UInt64?
  /// The offset of the first unread byte.
  private(set) var offset: UInt64
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var start = 0
  private var end = 0
  private var hasEnded = false

  /// Takes over an open descriptor, but not `interrupt`; a directory is refused here.
  init(
    descriptor: Int32, source: String, interrupt: Int32? = nil, meter: ByteMeter? = nil
  ) throws(CaptureError) {
    let opened = try DescriptorSource(
      descriptor: descriptor, name: source, interrupt: interrupt, meter: meter)
    self.init(opened, source: source, size: opened.size)
  }

  /// Reads from a source whose first byte lies at `offset` of the input; `name` stands in errors.
  init(
    _ bytes: any ByteSource, source name: String, size: UInt64? = nil, offset: UInt64 = 0
  ) {
    self.bytes = bytes
    self.offset = offset
    source = name
    self.size = size
    capacity = Self.chunk
    unsafe memory = .allocate(capacity: Self.chunk)
  }

  deinit { unsafe memory.deallocate() }

  /// How many bytes lie ready.
  var available: Int { end - start }

  /// The bytes that lie ready.
  var unread: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let bytes = unsafe UnsafeBufferPointer(start: memory + start, count: end - start)
      return unsafe _overrideLifetime(bytes.span, borrowing: self)
    }
  }

  /// The bytes that lie ready, for a library: they stay where they are until the next `require` or `discard`.
  var unreadMemory: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: memory + start, count: end - start)
  }

  /// Four ready bytes as a number in the host's order; zero where they do not all lie ready.
  @inline(__always) func uint32(at position: Int) -> UInt32 {
    guard position >= 0, position <= available - 4 else { return 0 }
    return unsafe UnsafeRawPointer(memory + start + position).loadUnaligned(as: UInt32.self)
  }

  /// Two ready bytes as a number in the host's order; zero where they do not both lie ready.
  func uint16(at position: Int) -> UInt16 {
    guard position >= 0, position <= available - 2 else { return 0 }
    return unsafe UnsafeRawPointer(memory + start + position).loadUnaligned(as: UInt16.self)
  }

  /// Whether so many zeros lie ready. The corresponding C function is `memcmp`.
  func beginsWithZeros(_ count: Int) -> Bool {
    guard count > 0, available >= count else { return false }
    let first = unsafe memory + start
    return unsafe first.pointee == 0 && memcmp(first, first + 1, count - 1) == 0
  }

  /// Makes `count` bytes lie ready; false when the input ends before.
  @inline(__always) mutating func require(_ count: Int) throws(CaptureError) -> Bool {
    if available >= count { return true }
    return try fill(count)
  }

  /// Passes `count` bytes that lie ready.
  @inline(__always) mutating func skip(_ count: Int) {
    let passed = min(max(0, count), available)
    start += passed
    offset &+= UInt64(passed)
  }

  /// Passes `count` bytes, ready or not; false when the input ends before.
  mutating func discard(_ count: Int) throws(CaptureError) -> Bool {
    var left = count
    while left > available {
      left -= available
      skip(available)
      guard try fill(1) else { return false }
    }
    skip(left)
    return true
  }

  /// Whether a regular file has ended before the size that it had when it was opened.
  var hasShrunk: Bool {
    guard let size else { return false }
    return hasEnded && offset &+ UInt64(available) < size
  }

  /// Whether the bytes can be read again from another place.
  var isSeekable: Bool { (bytes as? DescriptorSource)?.isSeekable ?? false }

  /// Until `interrupt` is nil again, a wait ends only when it asks to end.
  func wait(opening interrupt: Interrupt?) {
    (bytes as? DescriptorSource)?.opening = interrupt
  }

  /// From here on the end of a regular file is no end, but waited at.
  func follow(_ interrupt: Interrupt) {
    (bytes as? DescriptorSource)?.following = size == nil ? nil : interrupt
  }

  /// Four bytes at a later offset as a number in the host's order, whether they lie ready or not; nil where they can't be
  /// read without what is between.
  func peek(at place: UInt64) -> UInt32? {
    var value: UInt32 = 0
    let got = unsafe withUnsafeMutableBytes(of: &value) { memory in
      unsafe shared()?.read(at: place, into: memory) ?? 0
    }
    return got == 4 ? value : nil
  }

  /// Whether the end of the file is waited at.
  var isFollowed: Bool { (bytes as? DescriptorSource)?.following != nil }

  /// Goes to another offset; false where that can't be done, and nothing has changed then.
  mutating func seek(to place: UInt64) -> Bool {
    guard let descriptor = bytes as? DescriptorSource, descriptor.seek(to: place) else {
      return false
    }
    forget(place)
    return true
  }

  /// Goes on at a later offset up to which others have read; false where that can't be done, and nothing has changed then.
  mutating func advance(to place: UInt64) -> Bool {
    guard place >= offset else { return false }
    if place - offset <= UInt64(available) {
      skip(Int(place - offset))
      return true
    }
    guard let descriptor = bytes as? DescriptorSource,
      descriptor.advance(from: offset &+ UInt64(available), to: place)
    else { return false }
    forget(place)
    return true
  }

  /// The same bytes for other threads; nil where they can't be read at several places at once.
  func shared() -> SharedDescriptor? { (bytes as? DescriptorSource)?.shared() }

  private mutating func forget(_ place: UInt64) {
    start = 0
    end = 0
    offset = place
    hasEnded = false
  }

  private mutating func fill(_ count: Int) throws(CaptureError) -> Bool {
    if count > Self.chunk / 4, start < end, start + count > capacity, capacity < count + Self.chunk
    {
      // Who looks far ahead shall not have all of it moved for each step.
      grow(to: count)
    } else if start > 0, start + count > capacity || start == end {
      unsafe memory.update(from: memory + start, count: end - start)
      end -= start
      start = 0
    }
    if count > capacity { grow(to: count) }
    while available < count {
      guard !hasEnded else { return false }
      let room = unsafe UnsafeMutableRawBufferPointer(start: memory + end, count: capacity - end)
      let got = try unsafe bytes.read(into: room)
      if got > 0 { end += min(got, room.count) } else { hasEnded = true }
    }
    return true
  }

  private mutating func grow(to count: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: count + Self.chunk)
    unsafe larger.update(from: memory + start, count: end - start)
    unsafe memory.deallocate()
    unsafe memory = larger
    capacity = count + Self.chunk
    end -= start
    start = 0
  }
}
