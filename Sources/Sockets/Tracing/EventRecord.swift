/// One event as it stands in a page of a trace ring.
struct EventRecord {
  /// When it happened, in nanoseconds of the ring's clock.
  let time: UInt64
  private let page: [UInt8]
  private let data: Range<Int>

  /// An event whose bytes are those of `page` in `data`, a range inside of it.
  init(time: UInt64, page: [UInt8], data: Range<Int>) {
    self.time = time
    self.page = page
    self.data = data.clamped(to: page.indices)
  }

  /// A number of 1, 2, 4 or 8 bytes in the machine's order; nil where the event ends before it does.
  func number(_ field: EventFormat.Field) -> UInt64? {
    guard field.offset <= data.count, field.size <= data.count - field.offset else { return nil }
    let at = data.lowerBound + field.offset
    switch field.size {
    case 1: return UInt64(page[at])
    case 2: return KernelBytes.load(UInt16.self, from: page, at: at).map { UInt64($0) }
    case 4: return KernelBytes.load(UInt32.self, from: page, at: at).map { UInt64($0) }
    case 8: return KernelBytes.load(UInt64.self, from: page, at: at)
    default: return nil
    }
  }

  /// A process number: positive, as the kernel's are.
  func task(_ field: EventFormat.Field) -> Int32? {
    guard let number = number(field), let task = Int32(exactly: number), task > 0 else {
      return nil
    }
    return task
  }

  /// The bytes of a field; nil where the event ends before it does.
  func bytes(_ field: EventFormat.Field) -> [UInt8]? {
    guard field.offset <= data.count, field.size <= data.count - field.offset else { return nil }
    let at = data.lowerBound + field.offset
    return Array(page[at..<(at + field.size)])
  }

  /// Text up to its NUL in a field of fixed length.
  func text(_ field: EventFormat.Field) -> [UInt8]? {
    bytes(field).map { Array($0.prefix { $0 != 0 }) }
  }

  /// Text elsewhere in the event: the field holds its length in the upper half, its offset in the lower (`__data_loc`).
  func distantText(_ field: EventFormat.Field) -> [UInt8]? {
    guard field.size == 4, let place = number(field) else { return nil }
    return text(EventFormat.Field(offset: Int(place & 0xFFFF), size: Int(place >> 16)))
  }
}
