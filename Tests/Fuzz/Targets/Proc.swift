import Glibc

@testable import Sockets

extension FuzzTarget {
  /// Every file of /proc that is read, and links in it: the first byte says which.
  static let proc = FuzzTarget(name: "proc", longest: 8_192) {
    let files = [
      (0, "self/stat"), (1, "self/status"), (2, "self/cgroup"), (3, "stat"), (4, "self/mountinfo"),
      (5, "net/tcp"), (5, "net/udp"), (6, "net/tcp6"), (6, "net/udp6"), (7, "self/environ"),
      (8, "sys/net/ipv4/ip_local_port_range"), (11, "self/cmdline"),
    ]
    return files.map { [UInt8($0.0)] + Recordings.bytes("/proc/\($0.1)", most: 8_000) }
      + [
        [9] + Array("socket:[4026531840]".utf8),
        [10]
          + Array("SqThread:\t-1\nUserFiles:\t2\n    0: socket:[4711]\n    1: <none>\n".utf8),
        // This host may have nothing on the port.
        [5]
          + Array(
            "  sl\n   0: 0100007F:0E73 00000000:0000 0A 0:0 0:0 0 0 0 4711 1 0 100 0 0 10 0\n"
              .utf8),
        [0] + Array("7 (a) b) S 1 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 3 0 250 1000 1\n".utf8),
      ]
  } run: { bytes in
    var input = FuzzInput(bytes)
    let kind = input.byte()
    readProc(kind, input.rest())
  }

  private static func readProc(_ kind: UInt8, _ text: [UInt8]) {
    switch kind {
    case 0:
      if let stat = ProcessStat(text) {
        demand(stat.command.count <= text.count, "a name is a part of the file")
      }
    case 1:
      _ = Capabilities(status: text)
      for name in ["Uid:", "NSpid:", "Groups:"] { _ = StatusText.numbers(after: name, in: text) }
    case 2:
      let group = ControlGroup(text)
      if let unit = group.unit { demandPart(unit, of: text) }
      if group.runtime == .docker, let container = group.container {
        demandPart(container, of: text)
      }
      _ = ControlGroup.path(in: text)
    case 3:
      if let clock = BootClock(text, ticksPerSecond: 100) {
        for ticks in [0, 250, UInt64.max] { _ = clock.time(atTicks: ticks) }
      }
    case 4:
      let table = MountTable(text)
      demand(table.mounts.count <= 65_536, "mounts are bounded")
      _ = ProcMount(mountinfo: text, path: "/proc")
    case 5, 6: readTable(text, isIPv6: kind == 6)
    case 7: _ = ProcessEnvironment(text).value(of: "INVOCATION_ID")
    case 8:
      if let range = EphemeralRange.parse(text) {
        demand(range.lowerBound <= range.upperBound, "a range goes up")
      }
    case 9: _ = SocketLink.inode(text.span)
    case 10: _ = RingSearch.files(in: text)
    default: readArguments(text)
    }
  }

  private static func demandPart(_ part: [UInt8], of text: [UInt8]) {
    demand(ByteSearch.find(part, in: text, from: 0) != nil, "what is read stands in the file")
  }

  /// The tables come in pieces, which may end anywhere.
  private static func readTable(_ text: [UInt8], isIPv6: Bool) {
    var whole = ProcNetTable(transport: .tcp, isIPv6: isIPv6, port: 3699)
    whole.feed(text[...])
    var pieces = ProcNetTable(transport: .tcp, isIPv6: isIPv6, port: 3699)
    for start in stride(from: 0, to: text.count, by: 7) {
      pieces.feed(text[start..<min(start + 7, text.count)])
    }
    demand(whole.entries == pieces.entries, "a table in pieces is the same table")
    demand(
      whole.entries.allSatisfy { $0.localPort == 3699 || $0.peerPort == 3699 },
      "only sockets of the port are kept")
  }

  /// Arguments: what an interpreter runs, and what a forwarder was told.
  private static func readArguments(_ text: [UInt8]) {
    let arguments = text.split(separator: 0, omittingEmptySubsequences: false).map { Array($0) }
    let executable = arguments.first ?? []
    _ = InterpretedProgram.read(executable: executable, arguments: arguments)
    var process = ProcessIdentity(pid: 7, startTicks: 1, command: executable)
    process.executable = executable
    process.arguments = arguments
    _ = PortForwarder.read(process)
    _ = PortForwarder.identity(in: arguments)
  }
}
