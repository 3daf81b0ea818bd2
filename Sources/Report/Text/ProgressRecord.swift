/// How far long work has come.
public struct ProgressRecord: Hashable, Sendable {
  /// Bytes of the inputs that were read.
  public var bytes: UInt64
  /// Bytes of all inputs; nil when not known.
  public var total: UInt64?
  /// How long it took so far.
  public var nanoseconds: Int64
  /// Flows told of so far.
  public var flows: Int
  /// Packets of the port so far.
  public var packets: Int

  /// A state of the work.
  public init(bytes: UInt64, total: UInt64?, nanoseconds: Int64, flows: Int, packets: Int) {
    self.bytes = bytes
    self.total = total
    self.nanoseconds = nanoseconds
    self.flows = flows
    self.packets = packets
  }

  /// Bytes a second so far.
  private var rate: Double { Double(bytes) * 1e9 / Double(max(nanoseconds, 1)) }

  /// Seconds that are left at this rate; nil when that can't be told.
  private var left: Double? {
    guard let total, bytes > 0, total >= bytes else { return nil }
    return Double(total - bytes) / rate
  }

  /// `42 %, 1.2 GB of 3.0 GB, 850.0 MB/s, 2 s left, 17 flows`.
  public var line: String {
    var parts: [String] = []
    let amount = Amounts.bytes(Int(clamping: bytes))
    if let total, total > 0 {
      parts.append("\(Int(min(100, Double(bytes) * 100 / Double(total)))) %")
      parts.append("\(amount) of \(Amounts.bytes(Int(clamping: total)))")
    } else {
      parts.append(amount)
    }
    parts.append("\(Amounts.bytes(Int(clamping: UInt64(min(rate, 1e18)))))/s")
    if let left, left < 3e9 {
      parts.append("\(Times.duration(Int64(left.rounded(.up)) * 1_000_000_000)) left")
    }
    parts.append(Amounts.count(packets, "packet") + " of the port")
    if flows > 0 { parts.append(Amounts.count(flows, "flow")) }
    return parts.joined(separator: ", ")
  }

  /// The same as a JSON object.
  public var text: String {
    let object: JSONObject = [
      "bytes": .unsigned(bytes), "bytes_total": total.map(JSONValue.unsigned),
      "bytes_per_second": .integer(Int64(min(rate, 1e18))),
      "seconds": .number(Double(nanoseconds) / 1e9),
      "seconds_left": left.map { .number($0.rounded(.up)) }, "packets": .int(packets),
      "flows": .int(flows),
    ]
    return String(
      decoding: JSONValue.object(["progress": .object(object)]).line.dropLast(), as: UTF8.self)
  }
}
