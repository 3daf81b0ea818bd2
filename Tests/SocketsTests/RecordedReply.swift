/// Answers of Linux 6.18 to a dump of port 3699, sequence 7.
enum RecordedReply {
  /// An accepted connection whose client sent five bytes, as the server's side: 416 bytes.
  static let established = hex(
    """
    a0010000 1400 0200 07000000 68720000           // nlmsghdr: 416 bytes, by family, multi
    02 01 00 00                                    // inet_diag_msg: IPv4, established
    0e73 aef8                                      // ports 3699 and 44792
    7f000001 00000000 00000000 00000000            // source 127.0.0.1
    7f000001 00000000 00000000 00000000            // destination 127.0.0.1
    00000000 13100000 00000000                     // interface, cookie
    00000000 05000000 00000000 00000000 8bd50100   // expires, queues 5 and 0, user 0, inode 120203
    0500 0800 00000000                             // type of service
    0800 0f00 00000000                             // mark
    0c00 1500 0100000000000000                     // control group
    0600 1600 5200 0000                            // socket options
    1c01 0200                                      // tcp_info, 280 bytes
    01000000 0007aa01 400d0300 409c0000 00800000 18020000 00000000 00000000
    00000000 00000000 00000000 0c000000 00000000 0c000000 0c000000 ffff0000
    cbff0000 12000000                              // path MTU, threshold, round trip 18 us
    09000000 ffffff7f 0a000000 cbff0000 03000000 00000000 cbff0000 00000000
    e39bf71c 0c000000 ffffffff ffffffff            // pacing rates
    00000000 00000000 05000000 00000000            // bytes acknowledged 0, received 5
    01000000 03000000 00000000 12000000 01000000 00000000 00000000 00000000
    00000000 00000000 00000000 00000000 00000000 00000000 00000000 01000000
    00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
    00000000 01000000 01000000 00000000 00000000 00000000 00000000 00000000
    00000000 00000000 00000000 00000000
    0800 0400 62627200                             // congestion: "bbr"
    """)

  /// A socket that is bound to [::1]:3699 and neither listens nor connects, IPv6 only: 132 bytes.
  static let bound = hex(
    """
    84000000 1400 0200 07000000 68720000           // nlmsghdr
    0a 07 00 00 0e73 0000                          // IPv6, closed
    00000000 00000000 00000000 00000001            // source ::1
    00000000 00000000 00000000 00000000
    00000000 17100000 00000000
    00000000 00000000 00000000 00000000 8dd50100   // inode 120205
    0500 0800 00000000
    0500 0b00 01000000                             // IPv6 only
    0800 0f00 00000000
    0c00 1500 0100000000000000
    0600 1600 1200 0000
    """)

  /// The end of a dump.
  static let done = hex("14000000 0300 0200 07000000 68720000 00000000")
  /// A refusal: ENOENT.
  static let refused = hex(
    "24000000 0200 0000 07000000 68720000 feffffff 00000000 00000000 00000000 00000000")
}
