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
}
