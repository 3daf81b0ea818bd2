import Packets

extension DropsRecord {
  /// The counters that `counts` wrote; nil when they are none.
  init?(counts: JSONValue) {
    guard let received = counts[path: "received"]?.count,
      let onPort = counts[path: "on_port"]?.count,
      let evicted = (counts[path: "evicted"] ?? 0).count,
      let unfilled = (counts[path: "checksums_offloaded"] ?? 0).count,
      let wrong = (counts[path: "checksums_wrong"] ?? 0).count
    else { return nil }
    self.init(received: received, onPort: onPort, evicted: evicted)
    if let first = counts[path: "first_frame"]?.text.flatMap(Timestamp.init),
      let last = counts[path: "last_frame"]?.text.flatMap(Timestamp.init)
    {
      span = FrameSpan(first, last)
    }
    unfilledChecksums = unfilled
    wrongChecksums = wrong
    for item in counts[path: "unread"]?.items ?? [] {
      guard let layer = item[path: "layer"]?.text.flatMap(Malformed.Layer.init(rawValue:)),
        let reason = item[path: "reason"]?.text.flatMap(Malformed.Reason.init(rawValue:)),
        let number = item[path: "count"]?.count
      else { return nil }
      unread.append(Unread(layer, reason, count: number))
    }
  }
}

extension JSONValue {
  /// A count that sums of many can hold.
  var count: Int? { whole.flatMap { (0...(1 << 48)).contains($0) ? $0 : nil } }
}
