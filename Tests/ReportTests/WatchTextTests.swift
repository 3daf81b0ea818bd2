import Packets
@testable import Report
import Sockets
import Testing

@Suite struct WatchTextTests {
  private let python = Holder(process: Samples.python, descriptors: [3])

  private func line(_ change: SocketChange, _ style: Style = Style()) -> String {
    TextReport(style: style).change(
      SocketRecord(change: change, port: 3699, time: Samples.start)
    ).joined(separator: "\n")
  }

  private func connection(
    _ state: SocketState, holders: [Holder] = [], missing: MissingOwner? = nil
  ) -> OwnedSocket {
    var owned = Samples.listener(holders, address: [192, 0, 2, 1], missing: missing)
    owned.socket.state = state
    owned.socket.peerAddress = [192, 0, 2, 7]
    owned.socket.peerPort = 40_000
    return owned
  }

  private func other(_ pid: Int32, _ arguments: String...) -> Holder {
    var process = Samples.python
    process.pid = pid
    process.command = Array(arguments[0].utf8)
    process.executable = Array("/usr/bin/\(arguments[0])".utf8)
    process.arguments = arguments.map { Array($0.utf8) }
    return Holder(process: process, descriptors: [3])
  }

  @Test func `a listener that is there is one line with its time and holder`() {
    #expect(
      line(SocketChange(.present, Samples.listener()))
        == "2003-05-01T10:00:00.123Z present tcp LISTEN 0.0.0.0:3699, "
        + "held by python3 -m http.server 3699 (pid 4121, alice)")
  }

  @Test func `a state that changed shows both`() {
    let change = SocketChange(
      .state, connection(.timeWait, missing: .timeWait), previousState: .established,
      previousHolders: [python])
    #expect(
      line(change)
        == "2003-05-01T10:00:00.123Z state tcp ESTAB>TIME-WAIT 192.0.2.1:3699 192.0.2.7:40000, "
        + "no process: the connection is over; the kernel keeps it for late packets, no process "
        + "holds it, no more: python3 -m http.server 3699 (pid 4121, alice)")
  }

  @Test func `a worker more is named in full, those it joins in short`() {
    let worker = other(4_130, "worker", "-x")
    let change = SocketChange(
      .holder, Samples.listener([python, worker]), previousHolders: [python])
    #expect(
      line(change)
        == "2003-05-01T10:00:00.123Z holder tcp LISTEN 0.0.0.0:3699, "
        + "held by python3(4121), worker(4130), new: worker -x (pid 4130, alice)")
    let first = SocketChange(.holder, Samples.listener([worker]), previousHolders: [])
    #expect(line(first).hasSuffix("0.0.0.0:3699, held by worker -x (pid 4130, alice)"))
  }

  @Test func `another program in the same process shows both`() {
    let change = SocketChange(
      .holder, Samples.listener([other(4_121, "sleep", "9")]), previousHolders: [python])
    #expect(
      line(change).hasSuffix(
        ", held by sleep(4121), pid 4121 now runs sleep 9, before it was "
          + "python3 -m http.server 3699"))
  }

  @Test func `more than three holders are counted`() {
    let all = (0..<5).map { other(4_200 + $0, "w") }
    let change = SocketChange(.holder, Samples.listener(all), previousHolders: [all[0]])
    #expect(line(change).contains("held by w(4200), w(4201), w(4202), 2 more, new: w (pid 4201"))
    #expect(line(change).hasSuffix("(pid 4203, alice), 1 more"))
  }

  @Test func `what vanished shows who held it and its counters`() {
    var owned = connection(.established, holders: [python])
    owned.socket.bytesReceived = 120
    owned.socket.bytesAcknowledged = 9
    #expect(
      line(SocketChange(.vanished, owned)).hasSuffix(
        "vanished tcp ESTAB 192.0.2.1:3699 192.0.2.7:40000, was held by python3 -m http.server 3699 "
          + "(pid 4121, alice), bytes_acked:9 bytes_received:120"))
  }

  @Test func `a socket that no look saw claims neither state nor process`() {
    var change = SocketChange(.vanished, connection(.unconnected, missing: .vanished))
    change.livedBetweenLooks = true
    #expect(
      line(change, Style(explain: true))
        == "2003-05-01T10:00:00.123Z vanished tcp 192.0.2.1:3699 192.0.2.7:40000, "
        + "came and went between two looks: its process is not known")
  }

  @Test func `a namespace is named, and with explain the kernel's numbers follow`() {
    var owned = Samples.listener()
    owned.namespace = NetworkNamespace(inode: 4, name: Array("blue".utf8))
    let lines = line(SocketChange(.appeared, owned), Style(explain: true)).split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains("0.0.0.0:3699 in network namespace blue, held"))
    #expect(lines[1].contains("uid:1000 ino:77"))
  }

  @Test func `on a terminal lines are aligned and long commands cut`() {
    let long = other(7, "program", String(repeating: "x", count: 200))
    let style = Style(width: 80, isTerminal: true)
    let text = line(SocketChange(.present, Samples.listener([long])), style)
    #expect(text.contains("Z present  tcp LISTEN 0.0.0.0:3699") && text.count < 140)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.contains("\u{2026}x") && text.contains("x (pid 7,"))
  }

  @Test func `a survey's record has no action, a change's has`() {
    let plain = String(
      decoding: SocketRecord(owned: Samples.listener(), port: 3699).json.line, as: UTF8.self)
    #expect(!plain.contains("\"action\"") && plain.contains("\"kind\":\"state\""))
    for kind in SocketChange.Kind.allCases {
      let record = SocketRecord(
        change: SocketChange(kind, Samples.listener()), port: 3699, time: Samples.start)
      let text = String(decoding: record.json.line, as: UTF8.self)
      #expect(text.contains("\"action\":\"socket-\(kind.rawValue)\",\"category\""))
      #expect(text.contains("\"kind\":\"event\"") && !text.contains("previous_"))
    }
  }
}
