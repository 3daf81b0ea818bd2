/// How a frame begins: the link layers that are read here.
///
/// The numbers are libpcap's DLT values as `pcap_datalink` gives them on Linux, and the LINKTYPE values of capture
/// files (https://www.tcpdump.org/linktypes.html) where these differ.
public enum LinkType: Hashable, Sendable, CaseIterable {
  /// Ethernet II and IEEE 802.3 (1).
  case ethernet
  /// Linux cooked capture, version 1 (113).
  case linuxCooked
  /// Linux cooked capture, version 2 (276).
  case linuxCooked2
  /// BSD loopback: an address family in the capturing host's byte order (0).
  case null
  /// OpenBSD loopback: an address family in network byte order (108, as DLT 12 on OpenBSD only).
  case loop
  /// Raw IP, the version in the first four bits (101; DLT 12 and 14).
  case raw
  /// Raw IPv4 (228).
  case ipv4
  /// Raw IPv6 (229).
  case ipv6
  /// PPP, with or without the HDLC address and control bytes (9, 50, 166).
  case ppp
  /// A PPPoE session header and PPP, without Ethernet (51).
  case pppoe
  /// Cisco HDLC (104).
  case ciscoHDLC
  /// Frame Relay with RFC 2427 or Cisco framing (107).
  case frameRelay
  /// IEEE 802.11 (105).
  case ieee80211
  /// IEEE 802.11 behind a radiotap header (127).
  case radiotap
  /// Another link behind a per-packet information header (192).
  case perPacketInformation
  /// SLIP with the 16 bytes that BSD puts in front (8).
  case slip
  /// Linux's netfilter log: attributes, one of them an IP packet (239).
  case netfilterLog
}
