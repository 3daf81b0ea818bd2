/// How the pages of a trace ring are laid out, from `events/header_page` and `events/header_event` in tracefs.
struct RingLayout: Hashable, Sendable {
  /// The page's first time, 8 bytes.
  let time: EventFormat.Field
  /// How many bytes of events it has, with marks in the upper bits; 4 or 8 bytes.
  let commit: EventFormat.Field
  /// Where the events begin.
  let data: Int
  /// The length of a page as it is read.
  let length: Int

  /// Parses both files; nil when they describe something else than rings have been since Linux 2.6.30.
  init?(page: [UInt8], event: [UInt8]) {
    var fields: [String: EventFormat.Field] = [:]
    for line in page.split(separator: 0x0A) {
      if let (name, field) = EventFormat.field(String(decoding: line, as: UTF8.self)) {
        fields[name] = field
      }
    }
    guard let time = fields["timestamp"], time.size == 8,
      let commit = fields["commit"], commit.size == 4 || commit.size == 8,
      let data = fields["data"], Self.describesEvents(event)
    else { return nil }
    self.time = time
    self.commit = commit
    self.data = data.offset
    length = data.offset + data.size
    guard time.offset + 8 <= self.data, commit.offset + commit.size <= self.data else {
      return nil
    }
  }

  /// The event's header has always been 5 bits of kind and 27 bits of time; the text is the only place that says so.
  private static func describesEvents(_ text: [UInt8]) -> Bool {
    let words = text.split { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x3A }
      .map { String(decoding: $0, as: UTF8.self) }
    let known = [
      ["type_len", "5", "bits"], ["time_delta", "27", "bits"], ["array", "32", "bits"],
      ["padding", "type", "==", "29"], ["time_extend", "type", "==", "30"],
    ]
    return known.allSatisfy { sequence in
      words.indices.contains { words[$0...].starts(with: sequence) }
    }
  }
}
