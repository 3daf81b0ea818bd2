import CLinux
import Glibc

/// The verdict of an immediate expression or of a verdict map.
struct NFTablesVerdict: Hashable {
  /// Of `enum nft_verdicts`, or NF_DROP, NF_ACCEPT, NF_QUEUE.
  var code: Int32
  /// The chain of a jump.
  var chain: [UInt8]

  /// From the attributes of NFTA_DATA_VERDICT; nil without a code.
  init?(_ attributes: NFTablesAttributes) {
    guard let code = attributes.number(NFTA_VERDICT_CODE) else { return nil }
    self.code = Int32(bitPattern: code)
    chain = attributes.name(NFTA_VERDICT_CHAIN) ?? []
  }

  /// What it does.
  var action: RuleReading.Action {
    switch code {
    case 0: .drop
    case 1: .accept
    case NFT_CONTINUE.rawValue: .next
    case NFT_RETURN.rawValue: .back
    case NFT_JUMP.rawValue: .jump(chain, comesBack: true)
    case NFT_GOTO.rawValue: .jump(chain, comesBack: false)
    default: .elsewhere
    }
  }

  /// The verdict in nft's words.
  var text: [UInt8] {
    switch action {
    case .drop: Array("drop".utf8)
    case .accept: Array("accept".utf8)
    case .next: Array("continue".utf8)
    case .back: Array("return".utf8)
    case .jump(_, let comesBack): Array((comesBack ? "jump " : "goto ").utf8) + chain
    default: Array("queue".utf8)
    }
  }
}
