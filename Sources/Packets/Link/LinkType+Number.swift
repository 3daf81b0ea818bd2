extension LinkType {
  /// The link type of a DLT or LINKTYPE number; nil when it is not read here.
  public init?(number: Int32) {
    switch number {
    case 0: self = .null
    case 1: self = .ethernet
    case 8: self = .slip
    case 9, 50, 166: self = .ppp
    case 12, 14, 101: self = .raw
    case 51: self = .pppoe
    case 104: self = .ciscoHDLC
    case 105: self = .ieee80211
    case 107: self = .frameRelay
    case 108: self = .loop
    case 113: self = .linuxCooked
    case 127: self = .radiotap
    case 192: self = .perPacketInformation
    case 228: self = .ipv4
    case 229: self = .ipv6
    case 239: self = .netfilterLog
    case 276: self = .linuxCooked2
    default: return nil
    }
  }
}
