import Glibc

/// The parser's way to names, which the runner asks for.
public final class NameConnection {
  /// How long a name is waited for, in milliseconds: a server that does not answer must not hold the capture.
  private static let patience: Int64 = 1_000

  private let socket: RoleSocket
  private var number: UInt64 = 0

  init(_ socket: RoleSocket) { self.socket = socket }

  /// The name of an address of 4 or 16 bytes, raw; nil when it has none, or none in time.
  public func name(of address: [UInt8]) -> [UInt8]? {
    number &+= 1
    guard case .done = socket.send(NameQuestion(number: number, address: address).bytes) else {
      return nil
    }
    let end = RoleClock.milliseconds + Self.patience
    while true {
      switch socket.receive() {
      case .end: return nil
      case .message(let bytes, let descriptor):
        if descriptor >= 0 { close(descriptor) }
        // What was asked for before came too late.
        if let answer = NameAnswer(bytes), answer.number == number { return answer.name }
      case .nothing:
        let left = end - RoleClock.milliseconds
        guard left > 0 else { return nil }
        _ = socket.wait(milliseconds: Int32(clamping: left))
      }
    }
  }
}
