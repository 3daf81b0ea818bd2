import CPcap

/// libpcap itself.
public enum PcapLibrary {
  /// Its version line. The corresponding C function is `pcap_lib_version`.
  public static var version: String { unsafe String(cString: pcap_lib_version()) }
}
