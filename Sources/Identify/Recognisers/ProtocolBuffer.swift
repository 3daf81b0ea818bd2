/// The fields of a Protocol Buffers message's first level (protobuf.dev, "Encoding"), when they fill the bytes.
struct ProtocolBuffer {
  /// One field's number and what it holds.
  struct Entry {
    let number: UInt64
    /// The number of a varint or a fixed field.
    var value: UInt64 = 0
    /// The bytes of a length-delimited field.
    var bytes: ArraySlice<UInt8>?
  }

  private(set) var entries: [Entry] = []

  /// Reads the fields; nil when they do not end with the bytes, or when there are more than 256.
  init?(_ bytes: ArraySlice<UInt8>) {
    var walk = ByteWalk(bytes, .little)
    while walk.remaining > 0 {
      guard entries.count < 256, let key = try? walk.variable(atMost: 5), key >> 3 > 0 else {
        return nil
      }
      var entry = Entry(number: key >> 3)
      switch key & 7 {
      case 0:
        guard let value = try? walk.variable() else { return nil }
        entry.value = value
      case 1:
        guard let value = try? walk.uint64() else { return nil }
        entry.value = value
      case 2:
        guard let count = try? walk.variable(atMost: 5), count <= UInt64(walk.remaining),
          let content = try? walk.take(Int(count))
        else { return nil }
        entry.bytes = content
      case 5:
        guard let value = try? walk.uint32() else { return nil }
        entry.value = UInt64(value)
      default: return nil
      }
      entries.append(entry)
    }
  }

  /// The first length-delimited field of a number.
  func bytes(of number: UInt64) -> ArraySlice<UInt8>? {
    entries.first { $0.number == number && $0.bytes != nil }?.bytes
  }
}
