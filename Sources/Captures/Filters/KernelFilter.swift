import CPcap

/// The program that the kernel runs on a live device: the port wherever `port N` of libpcap would
/// find it, and also behind VLAN tags, MPLS, PPPoE and IPv6 extension headers, every fragment that
/// is not the first, and ICMP errors that quote the port. It lets a superset through; the exact
/// decision is made on the decoded packet.
///
/// libpcap's own language can't say this: its `vlan` and `mpls` move the offsets of all that
/// follows them, and the device `any` refuses both.
public enum KernelFilter {
  /// The program for a DLT; nil for one that is not captured on.
  public static func program(
    linkType: Int32, port: UInt16, snapshotLength: Int = 262_144
  ) -> [BPFInstruction]? {
    let cooked: UInt32 = linkType == DLT_LINUX_SLL ? 16 : linkType == DLT_LINUX_SLL2 ? 20 : 0
    // An answer of 0 would refuse, so 0 means what it means to tcpdump: everything.
    let kept = snapshotLength > 0 ? UInt32(clamping: snapshotLength) : 262_144
    var build = KernelFilterBuilder(port: UInt32(port), snapshotLength: kept, cooked: cooked)
    switch linkType {
    case DLT_EN10MB: build.etherType(at: 12, payload: 14)
    case DLT_LINUX_SLL: build.etherType(at: 14, payload: 16)
    case DLT_LINUX_SLL2: build.etherType(at: 0, payload: 20)
    case DLT_RAW, 14, 101, DLT_IPV4, DLT_IPV6: build.internetProtocol(at: 0)
    case DLT_NULL, DLT_LOOP: build.internetProtocol(at: 4)
    case DLT_PPP, DLT_PPP_SERIAL: build.serial()
    default: return nil
    }
    return build.finish()
  }
}
