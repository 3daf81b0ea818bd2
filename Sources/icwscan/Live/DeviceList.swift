import Captures
import Report

/// `-D`: the interfaces, numbered as tcpdump does; a number can be given to `-i`.
enum DeviceList {
  /// Prints the list.
  static func print() throws {
    var output = Output(flushesEachLine: false)
    for (index, device) in try DeviceDescription.list().enumerated() {
      var line = "\(index + 1).\(Escaped.text(device.name))"
      if let description = device.description { line += " (\(Escaped.text(description)))" }
      let states = [
        (device.isUp, "Up"), (device.isRunning, "Running"), (device.isLoopback, "Loopback"),
      ]
      let flags = states.filter(\.0).map(\.1)
      if !flags.isEmpty { line += " [\(flags.joined(separator: ", "))]" }
      try output.line(line)
    }
    try output.flush()
  }
}
