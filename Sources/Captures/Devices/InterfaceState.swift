import Glibc

/// What the kernel knows of the interface that a packet socket is bound to.
public enum InterfaceState: Hashable, Sendable {
  /// It sends and receives, it is switched off, or it exists no more.
  case up, down, gone
  /// The kernel was not asked, or did not say.
  case unknown

  /// Asks through the capture's own socket, so that the answer is of its network namespace, and no
  /// other socket is needed when rights are gone already.
  init(index: UInt32, descriptor: Int32) {
    guard index > 0, descriptor >= 0 else {
      self = .unknown
      return
    }
    var request = unsafe ifreq()
    unsafe request.ifr_ifru.ifru_ivalue = Int32(truncatingIfNeeded: index)
    // The kernel's name for the index: the interface may have been renamed since.
    guard unsafe ioctl(descriptor, UInt(SIOCGIFNAME), &request) == 0 else {
      self = errno == ENODEV || errno == ENXIO ? .gone : .unknown
      return
    }
    guard unsafe ioctl(descriptor, UInt(SIOCGIFFLAGS), &request) == 0 else {
      self = errno == ENODEV || errno == ENXIO ? .gone : .unknown
      return
    }
    let flags = unsafe UInt32(UInt16(bitPattern: request.ifr_ifru.ifru_flags))
    self = flags & UInt32(IFF_UP) != 0 ? .up : .down
  }

  /// The index of a name in the network namespace of a socket; nil when there is none. The corresponding C function is
  /// `ioctl` with SIOCGIFINDEX.
  static func index(of name: String, through descriptor: Int32) -> UInt32? {
    var request = unsafe ifreq()
    unsafe withUnsafeMutableBytes(of: &request.ifr_ifrn.ifrn_name) { field in
      for (place, byte) in name.utf8.prefix(field.count - 1).enumerated() {
        unsafe field[place] = byte
      }
    }
    guard unsafe ioctl(descriptor, UInt(SIOCGIFINDEX), &request) == 0 else { return nil }
    return unsafe UInt32(exactly: request.ifr_ifru.ifru_ivalue)
  }
}
