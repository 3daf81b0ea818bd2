extension Program {
  /// Whether a process blocks a signal, as the program under test does with those that it takes in its own time (SigBlk,
  /// proc_pid_status(5)); nil when the process is gone.
  static func blocks(_ signal: Int32, process: Int32) -> Bool? {
    Place.text("/proc/\(process)/status")?.split(separator: "\n")
      .first { $0.hasPrefix("SigBlk:") }
      .flatMap { UInt64($0.dropFirst(7).drop { $0 == "\t" }, radix: 16) }
      .map { $0 & 1 << UInt64(signal - 1) != 0 }
  }
}
