import CPcap

/// libpcap itself, which is loaded when it is needed.
public enum PcapLibrary {
  /// Its version line; nil when it can't be loaded. The corresponding C function is `pcap_lib_version`.
  public static var version: String? {
    unsafe pcap_lib_version().map { unsafe String(cString: $0) }
  }

  /// Loads it for the work on `source`.
  static func require(for source: String) throws(CaptureError) {
    guard cpcap_load() != 0 else {
      throw CaptureError(source: source, failure: .noLibrary("libpcap"))
    }
  }
}
