import Identify

extension Words {
  /// Why a protocol is left unnamed.
  static func of(_ reason: UnnamedProtocol.Reason) -> String {
    switch reason {
    case .constantsOnly:
      "not specified in public; known by constants alone, which chance and others give too"
    case .sharedEngine: "a game engine's transport, which does not tell the game"
    case .oneSample: "not specified in public; what of the one known recording holds is open"
    case .encoding: "an encoding without a frame, well-formed by chance"
    }
  }
}
