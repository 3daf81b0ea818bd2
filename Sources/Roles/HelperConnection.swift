import Glibc

/// The parser's end of the socket to its helper.
public final class HelperConnection {
  /// A message, and the descriptor that came with it or -1: the receiver's to close.
  public struct Arrival {
    /// What the helper says.
    public let message: HelperMessage
    /// What came with it.
    public let descriptor: Int32
  }

  private let socket: RoleSocket
  private var waiting: [Arrival] = []
  /// Whether the helper is gone: nothing is answered any more.
  public private(set) var isGone = false

  init(owning descriptor: Int32) {
    socket = RoleSocket(owning: descriptor, longest: HelperMessage.longest)
  }

  /// For `poll`: readable when the helper has something to say, or is gone.
  public var descriptor: Int32 { socket.descriptor }

  /// Asks; false when there is no room for another question now, or nobody to answer it.
  ///
  /// - Parameter descriptor: goes with it, as a copy; -1 for none.
  public func ask(_ request: ParserRequest, descriptor: Int32 = -1) -> Bool {
    guard !isGone else { return false }
    switch socket.send(request.bytes, descriptor: descriptor) {
    case .done: return true
    case .full: return false
    case .end:
      isGone = true
      return false
    }
  }

  /// As `ask`, but waits for room.
  ///
  /// - Returns: false when the helper is gone, or has not taken it in so many milliseconds.
  public func ask(
    _ request: ParserRequest, milliseconds: Int32, descriptor: Int32 = -1
  ) -> Bool {
    if ask(request, descriptor: descriptor) { return true }
    return !isGone && socket.wait(for: POLLOUT, milliseconds: milliseconds)
      && ask(request, descriptor: descriptor)
  }

  /// The next message; nil when none waits.
  public func next() -> Arrival? { waiting.isEmpty ? receive() : waiting.removeFirst() }

  /// Waits for a message of a kind; others that come meanwhile wait for `next`.
  ///
  /// - Returns: nil when the helper is gone, or none came in so many milliseconds.
  public func wait(
    milliseconds: Int32, for isWanted: (HelperMessage) -> Bool
  ) -> Arrival? {
    if let index = waiting.firstIndex(where: { isWanted($0.message) }) {
      return waiting.remove(at: index)
    }
    let end = RoleClock.milliseconds + Int64(milliseconds)
    while true {
      if let arrival = receive() {
        if isWanted(arrival.message) { return arrival }
        waiting.append(arrival)
        continue
      }
      let left = end - RoleClock.milliseconds
      guard !isGone, left > 0 else { return nil }
      _ = socket.wait(milliseconds: Int32(clamping: left))
    }
  }

  private func receive() -> Arrival? {
    guard !isGone else { return nil }
    switch socket.receive() {
    case .nothing: return nil
    case .end:
      isGone = true
      return nil
    case .message(let bytes, let descriptor):
      guard let message = HelperMessage(bytes) else {
        if descriptor >= 0 { close(descriptor) }
        return nil
      }
      return Arrival(message: message, descriptor: descriptor)
    }
  }
}
