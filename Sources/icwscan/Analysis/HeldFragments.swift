import Packets

/// Frames that held a fragment, until it is known whether their datagram is the port's: for the written capture and for
/// the filter, which only a datagram's first fragment can pass.
struct HeldFragments: Sendable {
  /// A frame as it was captured.
  struct Held: Sendable {
    let number: Int
    let bytes: [UInt8]
    let length: Int
    let time: Timestamp
    let interface: Int
    /// Whether the user's filter let it through.
    let matched: Bool
  }

  /// Frames kept at most; the oldest go first.
  static let most = 2_048
  private var frames: [Int: Held] = [:]
  /// Bytes of all frames that are kept at most: a fragment is small, and what a file calls its frame need not be.
  static let mostBytes = 16 * 1_024 * 1_024
  private var order: [Int] = []
  private(set) var bytes = 0

  /// Keeps a frame.
  mutating func keep(
    _ frame: Span<UInt8>, number: Int, length: Int, time: Timestamp, interface: Int, matched: Bool
  ) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(frame.count)
    for index in frame.indices { bytes.append(frame[index]) }
    frames[number] = Held(
      number: number, bytes: bytes, length: length, time: time, interface: interface,
      matched: matched)
    order.append(number)
    self.bytes += bytes.count
    guard order.count > 2 * Self.most || self.bytes > Self.mostBytes else { return }
    let gone = order.count - min(Self.most, order.count / 2)
    for number in order.prefix(gone) { remove(number) }
    order.removeFirst(gone)
  }

  @discardableResult private mutating func remove(_ number: Int) -> Held? {
    guard let held = frames.removeValue(forKey: number) else { return nil }
    bytes -= held.bytes.count
    return held
  }

  /// Whether the filter let one of these frames through.
  func matched(_ numbers: [Int]) -> Bool { numbers.contains { frames[$0]?.matched == true } }

  /// Takes out the frames of one datagram.
  mutating func take(_ numbers: [Int]) -> [Held] {
    numbers.compactMap { remove($0) }
  }
}
