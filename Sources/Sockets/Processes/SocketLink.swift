/// The target of a link in /proc/PID/fd: `socket:[INODE]` for a socket.
enum SocketLink {
  /// "socket:[" and the ten digits of a 32-bit number and "]".
  static let longest = 19

  /// The inode; nil for anything else. No string is made: this runs once for every descriptor of the host.
  static func inode(_ target: Span<UInt8>) -> UInt32? {
    guard target.count > 9, target.count <= longest, target[target.count - 1] == 0x5D,
      target[0] == 0x73, target[1] == 0x6F, target[2] == 0x63, target[3] == 0x6B,
      target[4] == 0x65, target[5] == 0x74, target[6] == 0x3A, target[7] == 0x5B
    else { return nil }
    var inode: UInt64 = 0
    for index in 8..<(target.count - 1) {
      let digit = target[index]
      guard digit >= 0x30, digit <= 0x39 else { return nil }
      inode = inode &* 10 &+ UInt64(digit &- 0x30)
    }
    return UInt32(exactly: inode)
  }
}
