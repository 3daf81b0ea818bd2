import Glibc

extension Program {
  /// The children of this program, by their process numbers.
  var children: [pid_t] { Self.children(of: identifier) }

  /// The children of a process that has one thread.
  static func children(of process: pid_t) -> [pid_t] {
    let path = "/proc/\(process)/task/\(process)/children"
    return (Place.text(path) ?? "").split(separator: " ").compactMap { pid_t($0) }
  }

  /// The process that reads packets for this live capture: the one that has them mapped.
  var parser: pid_t? {
    children.first { Place.text("/proc/\($0)/maps")?.contains("socket:[") == true }
  }

  /// A field of /proc/PID/status; nil when the process is gone.
  static func status(_ process: pid_t, _ field: String) -> String? {
    Place.text("/proc/\(process)/status")?.split(separator: "\n")
      .first { $0.hasPrefix(field + ":") }
      .map {
        $0.dropFirst(field.count + 1).split { $0 == "\t" || $0 == " " }.joined(separator: " ")
      }
  }

  /// Whether a process is gone, or waits only to be buried.
  static func isGone(_ process: pid_t) -> Bool {
    status(process, "State").map { $0.hasPrefix("Z") || $0.hasPrefix("X") } ?? true
  }

  /// Waits until a condition holds, looking at it again and again; false when it does not come to hold.
  static func waits(seconds: Int = 20, for condition: () -> Bool) -> Bool {
    let end = now + seconds
    while !condition() {
      if now > end { return false }
      _ = poll(nil, 0, 20)
    }
    return true
  }
}
