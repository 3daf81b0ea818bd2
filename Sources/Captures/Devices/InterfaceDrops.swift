import Glibc

/// What an interface or its driver dropped, as the kernel counts it in /sys/class/net: read through files that were
/// opened with the device, for later a process without rights opens none.
///
/// They are the ones that libpcap adds up: frames that its receiver missed, and that its queue had no room for.
struct InterfaceDrops: ~Copyable {
  private static let counters = ["rx_missed_errors", "rx_fifo_errors"]
  private let descriptors: [Int32]
  private var last: [UInt64] = []
  /// Frames dropped since the device was opened.
  private(set) var total = 0

  /// The counters of an interface; none where there is no such file, as for `any`. `deviceFiles` is a folder like
  /// /sys/class/net, or -1 for that.
  init(name: String, deviceFiles: Int32 = -1) {
    let isName = !name.isEmpty && name != ".." && !name.contains("/")
    descriptors =
      isName
      ? Self.counters.compactMap { counter in
        let path = "\(name)/statistics/\(counter)"
        let descriptor =
          deviceFiles >= 0
          ? unsafe openat(deviceFiles, path, O_RDONLY | O_CLOEXEC, 0)
          : unsafe open("/sys/class/net/" + path, O_RDONLY | O_CLOEXEC)
        return descriptor >= 0 ? descriptor : nil
      } : []
    last = descriptors.map { Self.read($0) ?? 0 }
  }

  deinit { for descriptor in descriptors { close(descriptor) } }

  /// Looks again.
  mutating func update() {
    for (index, descriptor) in descriptors.enumerated() {
      // A device that is gone counts no more.
      guard let now = Self.read(descriptor) else { continue }
      // A driver that begins anew has not taken anything back.
      if now > last[index] { total += Int(clamping: now - last[index]) }
      last[index] = now
    }
  }

  /// The number in a file of the kernel's. The corresponding C function is `pread`.
  private static func read(_ descriptor: Int32) -> UInt64? {
    var text = [UInt8](repeating: 0, count: 32)
    let count = unsafe pread(descriptor, &text, text.count, 0)
    guard count > 0 else { return nil }
    let digits = text[..<count].prefix { $0 >= 0x30 && $0 <= 0x39 }
    return UInt64(String(decoding: digits, as: UTF8.self))
  }
}
