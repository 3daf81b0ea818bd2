import CPcap

/// Kinds of devices as the kernel numbers them (linux/if_arp.h), as far as frames of several kinds can come through one
/// packet socket, one kind after the other.
public enum HardwareType {
  /// Those with an Ethernet header.
  static let ethernet: [UInt16] = [1, 772]
  /// Those whose packets begin with the IP header: no header at all, bare IP, tunnels of IP in IP, of IPv6, and 6in4.
  static let bare: [UInt16] = [65_534, 519, 768, 769, 776]

  /// The link types (DLT) that a capture may go on with which was begun with `linkType`, that one included.
  public static func linkTypes(after linkType: Int32) -> [Int32] {
    linkType == DLT_EN10MB || linkType == DLT_RAW ? [DLT_EN10MB, DLT_RAW] : [linkType]
  }

  /// The DLT of frames that come through the socket of a capture that was begun with `linkType`, when its device is one
  /// of this kind now; nil when they can't be read.
  public static func linkType(of hardware: UInt16, after linkType: Int32) -> Int32? {
    // A cooked capture's frames look the same whatever the device is.
    if linkType == DLT_LINUX_SLL || linkType == DLT_LINUX_SLL2 { return linkType }
    let found = ethernet.contains(hardware) ? DLT_EN10MB : bare.contains(hardware) ? DLT_RAW : nil
    return found.flatMap { linkTypes(after: linkType).contains($0) ? $0 : nil }
  }
}
