import CPcap
import Glibc

extension CaptureError {
  /// libpcap's refusal to open a device, as its status.
  init(opening name: String, status: Int32, message: String) {
    let failure: Failure
    switch status {
    case PCAP_ERROR_NO_SUCH_DEVICE: failure = .noSuchDevice
    case PCAP_ERROR_PERM_DENIED:
      // libpcap asks for the right first: one who lacks it would be told so even of a name that
      // does not exist.
      failure = Self.exists(name) ? .notPermitted(.rawSocket) : .noSuchDevice
    case PCAP_ERROR_PROMISC_PERM_DENIED: failure = .notPermitted(.promiscuous)
    case PCAP_ERROR_IFACE_NOT_UP: failure = .deviceDown
    default: failure = Self.exists(name) ? .deviceRefused : .noSuchDevice
    }
    self.init(source: name, failure: failure, message: message.isEmpty ? nil : message)
  }

  /// Whether there is an interface of this name, or another device that libpcap lists; where it
  /// can't list them, the name has the benefit of the doubt.
  private static func exists(_ name: String) -> Bool {
    guard name != "any", unsafe if_nametoindex(name) == 0 else { return true }
    do {
      return try DeviceDescription.list().contains { $0.name == name }
    } catch {
      return true
    }
  }
}
