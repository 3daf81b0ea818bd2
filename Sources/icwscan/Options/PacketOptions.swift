import ArgumentParser
import Report

/// tcpdump's letters for a line a packet. Each of them asks for packet lines by itself, as `--packets` does.
struct PacketOptions: ParsableArguments {
  @Flag(
    name: .long,
    help: "Also print a line (with --json a record) for each packet, in tcpdump's layout.")
  var packets = false

  @Flag(name: .customShort("e"), help: "Packet lines show the link-level header.")
  var link = false

  @Flag(
    name: .customShort("x"), help: "Packets in hex without the link-level header (-xx: with it).")
  var hex: Int

  @Flag(
    name: .customShort("X"), help: "Packets in hex and ASCII (-XX: with the link-level header).")
  var hexText: Int

  @Flag(name: .customShort("A"), help: "Packets in ASCII.")
  var text = false

  @Flag(
    name: .customShort("t"),
    help: "No time (-tt seconds, -ttt since the last, -tttt with date, -ttttt since the first).")
  var time: Int

  @Flag(name: .customShort("v"), help: "More of the IP header in packet lines (-vv, -vvv: more).")
  var verbose: Int

  @Flag(name: .customShort("q"), help: "Shorter packet lines.")
  var quick = false

  @Flag(name: .customShort("l"), help: "Write out each line at once, also into a pipe.")
  var lineBuffered = false

  @Option(
    name: .customShort("c"),
    help: ArgumentHelp("Stop after this many packets of the port.", valueName: "count"))
  var count: Int?

  mutating func validate() throws {
    if let count, count < 1 {
      throw ValidationError("-c takes a count of at least 1, not \(count)")
    }
  }

  /// Whether packet lines are wanted.
  var printsPackets: Bool {
    packets || link || hex > 0 || hexText > 0 || text || time > 0 || verbose > 0 || quick
  }
}
