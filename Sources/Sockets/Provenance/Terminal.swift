/// Names of terminals by their device number (Documentation/admin-guide/devices.txt of the kernel).
enum Terminal {
  /// `/dev/pts/3`; nil for none.
  static func name(ofDevice number: UInt32) -> String? {
    guard number != 0 else { return nil }
    // As proc_pid_stat(5) has it: minor in bits 0-7 and 20-31, major in 8-15.
    let major = (number >> 8) & 0xFFF
    let minor = (number & 0xFF) | ((number >> 12) & 0xFFF00)
    switch major {
    case 136: return "/dev/pts/\(minor)"
    case 4: return minor < 64 ? "/dev/tty\(minor)" : "/dev/ttyS\(minor - 64)"
    case 5 where minor == 1: return "/dev/console"
    case 188: return "/dev/ttyUSB\(minor)"
    case 229: return "/dev/hvc\(minor)"
    default: return "device \(major):\(minor)"
    }
  }
}
