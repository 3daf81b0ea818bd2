import CLinux
import Glibc

/// A request to nf_tables for a dump (NLM_F_DUMP), as bytes: nlmsghdr, nfgenmsg, attributes.
struct NFTablesRequest: Hashable {
  /// What is asked for.
  enum Kind: Hashable {
    case tables, chains
    case rules(table: [UInt8], chain: [UInt8])
    case sets(table: [UInt8])
    case elements(table: [UInt8], set: [UInt8])
  }

  /// What is asked for.
  var kind: Kind
  /// The family of the table (NFPROTO_*); 0 for all.
  var family: UInt8
  /// Answers carry it.
  var sequence: UInt32

  /// The message's type.
  private var message: nf_tables_msg_types {
    switch kind {
    case .tables: NFT_MSG_GETTABLE
    case .chains: NFT_MSG_GETCHAIN
    case .rules: NFT_MSG_GETRULE
    case .sets: NFT_MSG_GETSET
    case .elements: NFT_MSG_GETSETELEM
    }
  }

  /// The type that answers have.
  var answer: UInt16 {
    let type =
      switch kind {
      case .tables: NFT_MSG_NEWTABLE
      case .chains: NFT_MSG_NEWCHAIN
      case .rules: NFT_MSG_NEWRULE
      case .sets: NFT_MSG_NEWSET
      case .elements: NFT_MSG_NEWSETELEM
      }
    return Self.type(type)
  }

  /// The message.
  var bytes: [UInt8] {
    var payload: [UInt8] = []
    KernelBytes.append(
      nfgenmsg(nfgen_family: family, version: UInt8(NFNETLINK_V0), res_id: 0), to: &payload)
    switch kind {
    case .tables, .chains: break
    case .rules(let table, let chain):
      Self.append(NFTA_RULE_TABLE, table, to: &payload)
      Self.append(NFTA_RULE_CHAIN, chain, to: &payload)
    case .sets(let table): Self.append(NFTA_SET_TABLE, table, to: &payload)
    case .elements(let table, let set):
      Self.append(NFTA_SET_ELEM_LIST_TABLE, table, to: &payload)
      Self.append(NFTA_SET_ELEM_LIST_SET, set, to: &payload)
    }
    var bytes: [UInt8] = []
    KernelBytes.append(
      nlmsghdr(
        nlmsg_len: UInt32(MemoryLayout<nlmsghdr>.size + payload.count),
        nlmsg_type: Self.type(message),
        nlmsg_flags: UInt16(NLM_F_REQUEST | NLM_F_ROOT | NLM_F_MATCH), nlmsg_seq: sequence,
        nlmsg_pid: 0), to: &bytes)
    return bytes + payload
  }

  private static func type(_ message: nf_tables_msg_types) -> UInt16 {
    UInt16(NFNL_SUBSYS_NFTABLES) << 8 | UInt16(truncatingIfNeeded: message.rawValue)
  }

  /// A name as an attribute, with its NUL.
  private static func append<Key: RawRepresentable>(
    _ key: Key, _ name: [UInt8], to bytes: inout [UInt8]
  ) where Key.RawValue == UInt32 {
    let value = name + [0]
    let length = MemoryLayout<nlattr>.size + value.count
    // A name has at most 255 bytes (NFT_NAME_MAXLEN), and came from the kernel.
    KernelBytes.append(
      nlattr(
        nla_len: UInt16(truncatingIfNeeded: length),
        nla_type: UInt16(truncatingIfNeeded: key.rawValue)), to: &bytes)
    bytes += value + [UInt8](repeating: 0, count: KernelBytes.aligned(length) - length)
  }
}
