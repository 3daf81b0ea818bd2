import CPcap

/// A device that can be captured on, as libpcap lists it.
public struct DeviceDescription: Hashable, Sendable {
  /// The name for `-i`.
  public let name: String
  /// What libpcap says of it; nil for nothing.
  public let description: String?
  /// Whether it is up.
  public let isUp: Bool
  /// Whether it is up and has a carrier.
  public let isRunning: Bool
  /// Whether it is a loopback interface.
  public let isLoopback: Bool

  /// The devices of this host in libpcap's order. The corresponding C function is
  /// `pcap_findalldevs`.
  public static func list() throws(CaptureError) -> [DeviceDescription] {
    try PcapLibrary.require(for: "-D")
    var first: UnsafeMutablePointer<pcap_if_t>?
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard unsafe pcap_findalldevs(&first, &message) == 0 else {
      throw CaptureError(
        source: "-D", failure: .deviceRefused, message: String(cCharacters: message))
    }
    defer { unsafe pcap_freealldevs(first) }
    var devices: [DeviceDescription] = []
    var next = unsafe first
    while let device = unsafe next?.pointee {
      let flags = unsafe Int32(bitPattern: device.flags)
      devices.append(
        unsafe DeviceDescription(
          name: String(cString: device.name),
          description: device.description.map { unsafe String(cString: $0) },
          isUp: flags & PCAP_IF_UP != 0, isRunning: flags & PCAP_IF_RUNNING != 0,
          isLoopback: flags & PCAP_IF_LOOPBACK != 0))
      unsafe next = device.next
    }
    return devices
  }
}
