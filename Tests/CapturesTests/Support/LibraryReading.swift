import CPcap

/// What libpcap itself reads from a file.
struct LibraryReading {
  struct Found: Equatable {
    var captured: Int
    var length: Int
    var nanoseconds: Int64
    var first: [UInt8]
  }

  var frames: [Found] = []
  var linkType: Int32 = 0
  var isSwapped = false
  /// Why it stopped before the end.
  var error: String?

  /// nil when libpcap does not open the file.
  init?(_ path: String) {
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard
      let handle = unsafe pcap_open_offline_with_tstamp_precision(
        path, UInt32(PCAP_TSTAMP_PRECISION_NANO), &message)
    else { return nil }
    defer { unsafe pcap_close(handle) }
    linkType = unsafe pcap_datalink(handle)
    isSwapped = unsafe pcap_is_swapped(handle) != 0
    while true {
      var header: UnsafeMutablePointer<pcap_pkthdr>?
      var data: UnsafePointer<UInt8>?
      let status = unsafe pcap_next_ex(handle, &header, &data)
      if status == PCAP_ERROR { error = unsafe String(cString: pcap_geterr(handle)) }
      guard status == 1, let found = unsafe header?.pointee else { break }
      let bytes = unsafe UnsafeBufferPointer(start: data, count: min(16, Int(found.caplen)))
      frames.append(
        Found(
          captured: Int(found.caplen), length: Int(found.len),
          nanoseconds: Int64(found.ts.tv_sec) &* 1_000_000_000 &+ Int64(found.ts.tv_usec),
          first: unsafe Array(bytes)))
    }
  }
}
