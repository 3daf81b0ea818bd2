import Sockets

/// What the parser of a capture has any business with. A request that is well formed but beyond it shows, like one that is
/// not, that somebody has taken the parser over.
public struct Allowance: Hashable, Sendable {
  /// The port of the capture: every flow has it at an end.
  private let port: UInt16
  /// Devices on the command line, whose places count from 0.
  private let devices: Int
  /// How often the file of `-w`, and that of `--output`, may be asked for anew: once for each time that the user
  /// wished it.
  private var files = 0
  private var data = 0

  /// What a capture of this port on so many devices needs.
  public init(port: UInt16, devices: Int) {
    self.port = port
    self.devices = devices
  }

  /// The user has moved files away.
  mutating func noteReopening() {
    files += 1
    data += 1
  }

  /// Whether a request is within it; what may be asked once is used up.
  mutating func takes(_ request: ParserRequest) -> Bool {
    switch request {
    case .owner(_, let question, _):
      // Whoever holds other ports of this host is none of the parser's business.
      return question.local.port == port || question.peer.port == port
    case .device(let place, _): return Int(place) < devices
    case .sameFile:
      files -= 1
      return files >= 0
    case .sameData:
      data -= 1
      return data >= 0
    // The helper sees for itself whether a file is due, and an address tells nothing but whether it is ours.
    case .nextFile, .own: return true
    }
  }
}
