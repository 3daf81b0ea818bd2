import Captures
import Report

/// `-d`: the programs that decide on packets, as tcpdump prints its own.
enum FilterDump {
  /// Prints the kernel's program for a link type (Ethernet when none is told) and the user's filter behind it.
  static func print(port: UInt16, expression: String?, linkType: Int32?, form: Int) throws {
    try FilterSet.check(expression)
    var output = Output(flushesEachLine: false)
    let form = BPFListing.Form(rawValue: form) ?? .assembler
    let link = linkType ?? 1
    if let program = KernelFilter.program(linkType: link, port: port) {
      if form == .assembler {
        try output.line("; in the kernel: a superset of port \(port), link type \(link)")
      }
      for line in try BPFListing.lines(program, form) { try output.line(line) }
    }
    if let expression {
      let filter = try UserFilter(expression, linkType: link)
      if form == .assembler {
        try output.line("; on each packet of the port: \(Escaped.text(expression))")
      }
      for line in try BPFListing.lines(filter.instructions, form) { try output.line(line) }
    }
    try output.flush()
  }
}
