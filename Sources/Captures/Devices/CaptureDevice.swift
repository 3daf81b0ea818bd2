import CPcap
import Glibc

/// An open network interface.
@safe public struct CaptureDevice: ~Copyable {
  private let handle: OpaquePointer
  /// As given: an interface's name, or `any`.
  public let name: String
  /// libpcap's DLT number.
  public let linkType: Int32
  /// The kernel's number of the interface, which outlives a change of its name; 0 for `any`.
  private var index: UInt32
  /// Becomes readable when frames wait, for `poll`.
  public let descriptor: Int32
  /// Whether timestamps are nanoseconds.
  public let isNanosecond: Bool
  /// What libpcap warned of when it opened the device; nil for nothing.
  public let warning: String?
  /// Frames delivered so far.
  public private(set) var frames = 0
  /// The kernel counts in 32 bits; these are the totals behind the wraps.
  private var totals = CaptureStatistics()
  private var last = pcap_stat()
  private var drops: InterfaceDrops

  /// Opens an interface for capture, without blocking.
  ///
  /// - Throws: `CaptureError` when there is no such device, the right is missing, or libpcap
  /// refuses.
  public init(name: String, options: CaptureOptions = CaptureOptions()) throws(CaptureError) {
    try PcapLibrary.require(for: name)
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard let handle = unsafe pcap_create(name, &message) else {
      throw CaptureError(
        opening: name, status: PCAP_ERROR, message: String(cCharacters: message))
    }
    let kept = options.snapshotLength > 0 ? options.snapshotLength : 262_144
    unsafe pcap_set_snaplen(handle, Int32(clamping: kept))
    unsafe pcap_set_promisc(handle, options.isPromiscuous && name != "any" ? 1 : 0)
    unsafe pcap_set_timeout(handle, CaptureOptions.batchMilliseconds)
    unsafe pcap_set_immediate_mode(handle, options.isImmediate ? 1 : 0)
    unsafe pcap_set_buffer_size(handle, Int32(clamping: options.bufferBytes))
    unsafe pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO)
    let status = unsafe pcap_activate(handle)
    let told = unsafe String(cString: pcap_geterr(handle))
    guard status >= 0 else {
      unsafe pcap_close(handle)
      throw CaptureError(opening: name, status: status, message: told)
    }
    do {
      try unsafe Self.prepare(handle, name, options)
    } catch {
      unsafe pcap_close(handle)
      throw error
    }
    unsafe self.handle = handle
    self.name = name
    drops = InterfaceDrops(name: name, deviceFiles: options.deviceFiles)
    index = name == "any" ? 0 : unsafe if_nametoindex(name)
    linkType = unsafe pcap_datalink(handle)
    descriptor = unsafe pcap_get_selectable_fd(handle)
    isNanosecond = unsafe pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO
    warning =
      status > 0 ? (told.isEmpty ? unsafe String(cString: pcap_statustostr(status)) : told) : nil
  }

  deinit { unsafe pcap_close(handle) }

  private static func prepare(
    _ handle: OpaquePointer, _ name: String, _ options: CaptureOptions
  ) throws(CaptureError) {
    // Version 2 of the cooked header names the interface of each frame; older libpcap keeps version
    // 1.
    if name == "any" { unsafe pcap_set_datalink(handle, DLT_LINUX_SLL2) }
    if options.direction != .both {
      let direction = options.direction == .in ? PCAP_D_IN : PCAP_D_OUT
      guard unsafe pcap_setdirection(handle, direction) == 0 else {
        throw CaptureError(
          source: name, failure: .deviceRefused,
          message: unsafe String(cString: pcap_geterr(handle)))
      }
    }
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard unsafe pcap_setnonblock(handle, 1, &message) == 0 else {
      throw CaptureError(
        source: name, failure: .deviceRefused, message: String(cCharacters: message))
    }
  }

  /// Has the kernel drop what a program refuses.
  ///
  /// The corresponding C function is `pcap_setfilter`.
  public borrowing func setFilter(_ program: [BPFInstruction]) throws(CaptureError) {
    var instructions = program.map(\.kernel)
    let status = unsafe instructions.withUnsafeMutableBufferPointer { buffer in
      var compiled = unsafe bpf_program(bf_len: UInt32(buffer.count), bf_insns: buffer.baseAddress)
      return unsafe pcap_setfilter(handle, &compiled)
    }
    guard status == 0 else {
      throw CaptureError(
        source: name, failure: .badFilter, message: unsafe String(cString: pcap_geterr(handle)))
    }
  }

  /// The same for a program that asks about the device, which only the kernel knows: until it is there, frames come
  /// that it would refuse.
  ///
  /// The corresponding socket option is `SO_ATTACH_FILTER`.
  public borrowing func attachFilter(_ program: [BPFInstruction]) throws(CaptureError) {
    var instructions = program.map(\.kernel)
    let status = unsafe instructions.withUnsafeMutableBufferPointer { buffer in
      var compiled = unsafe bpf_program(bf_len: UInt32(buffer.count), bf_insns: buffer.baseAddress)
      return unsafe cpcap_attach(descriptor, &compiled)
    }
    guard status == 0 else { throw CaptureError(source: name, code: errno) }
  }

  /// Shows at most `most` waiting frames to `body`, which says whether it wants more.
  ///
  /// - Returns: How many frames were shown; 0 when none waits.
  /// - Throws: `CaptureError` when the device went away or down.
  public mutating func read(
    most: Int, _ body: (borrowing Frame) -> Bool
  ) throws(CaptureError) -> Int {
    var shown = 0
    while shown < most {
      var header: UnsafeMutablePointer<pcap_pkthdr>?
      var data: UnsafePointer<UInt8>?
      let status = unsafe pcap_next_ex(handle, &header, &data)
      if status == 0 { break }
      guard status == 1, let found = unsafe header?.pointee else { throw readError(status) }
      frames += 1
      shown += 1
      let scale: Int64 = isNanosecond ? 1 : 1000
      let bytes = unsafe UnsafeBufferPointer(start: data, count: Int(found.caplen))
      let goesOn = unsafe body(
        Frame(
          bytes: bytes.span, length: Int(found.len),
          nanoseconds: Int64(found.ts.tv_sec) &* 1_000_000_000 &+ Int64(found.ts.tv_usec) &* scale,
          number: frames, linkType: linkType))
      if !goesOn { break }
    }
    return shown
  }

  private func readError(_ status: Int32) -> CaptureError {
    let message = unsafe String(cString: pcap_geterr(handle))
    let failure: CaptureError.Failure
    switch InterfaceState(index: index, descriptor: descriptor) {
    case .gone: failure = .deviceGone
    case .down: failure = .deviceDown
    case .up: failure = .deviceRefused
    case .unknown: failure = message.contains("disappeared") ? .deviceGone : .deviceRefused
    }
    return CaptureError(
      source: name, failure: failure, message: message.isEmpty ? nil : message)
  }

  /// The interface went, and one of its name came, which the socket was bound to meanwhile: from here on that is the one
  /// that is asked about.
  public mutating func comeBack() {
    index = InterfaceState.index(of: name, through: descriptor) ?? index
  }

  /// What the kernel knows of the interface now; unknown for `any`.
  public var state: InterfaceState { InterfaceState(index: index, descriptor: descriptor) }

  /// What the kernel has counted. The corresponding C function is `pcap_stats`, except for what the interface dropped.
  public mutating func statistics() -> CaptureStatistics {
    var now = pcap_stat()
    if unsafe pcap_stats(handle, &now) == 0 {
      totals.received += Int(now.ps_recv &- last.ps_recv)
      totals.dropped += Int(now.ps_drop &- last.ps_drop)
      last = now
    }
    // libpcap opens files for this one, which a process without rights can't.
    drops.update()
    totals.interfaceDropped = drops.total
    return totals
  }
}
