import Glibc

/// Names of interfaces by the kernel's index.
public enum InterfaceNames {
  /// The name of an index in the network namespace of a socket; nil when there is none (any more). The socket is one
  /// that is open already: a process without rights can't make another.
  ///
  /// The corresponding C function is `ioctl` with SIOCGIFNAME.
  public static func name(of index: UInt32, through descriptor: Int32) -> String? {
    var request = unsafe ifreq()
    unsafe request.ifr_ifru.ifru_ivalue = Int32(truncatingIfNeeded: index)
    guard unsafe ioctl(descriptor, UInt(SIOCGIFNAME), &request) == 0 else { return nil }
    return unsafe withUnsafeBytes(of: request.ifr_ifrn.ifrn_name) { name in
      unsafe String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
