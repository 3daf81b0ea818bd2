import Captures
import Packets

/// Picks, of many frames at once, those that may concern the port: the quick port test on raw bytes, before anything is
/// made of a frame. What it can't decide goes the slow way.
struct PortSieve {
  private let port: UInt16
  private var number: Int32?
  private var link: LinkType?

  /// A sieve for the packets of `port`.
  init(port: UInt16) { self.port = port }

  /// A sieve as readers of captures take it.
  static func sifting(port: UInt16) -> FrameBatch.Sieve {
    var sieve = PortSieve(port: port)
    return { sieve.pick($0, &$1) }
  }

  /// Appends the indices of the frames to look at. The first of another link type is always among them: a filter may
  /// mean nothing there, which has to be said.
  mutating func pick(_ batch: borrowing FrameBatch, _ picked: inout [Int]) {
    var index = 0
    while index < batch.count {
      let next = batch.linkType(index)
      if next != number {
        number = next
        link = LinkType(number: next)
        picked.append(index)
        index += 1
        continue
      }
      guard let link else {
        picked.append(index)
        index += 1
        continue
      }
      if PortTest.of(batch.bytes(index), link: link, port: port) != .no { picked.append(index) }
      index += 1
    }
  }
}
