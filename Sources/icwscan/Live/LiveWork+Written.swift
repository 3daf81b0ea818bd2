import Captures
import Flows
import Packets
import Report
import Sockets

/// What a written capture tells of a packet beside its bytes.
extension LiveWork {
  /// What stands beside a packet in the written capture.
  struct ToWrite {
    var comment: String?
    var owner: ProcessThread?
    var direction: FrameDirection?
  }

  /// Finds what belongs to a packet in the written capture: its flow's comment when that is news, its process, which is
  /// described first, and the names that were asked for.
  mutating func write(
    _ packet: Packet, of slot: Int, _ reporter: inout Reporter, _ output: inout LiveOutput
  ) {
    let flow = pipeline.table[slot]
    guard let live = open[slot], live.number == flow.number else { return }
    toWrite.comment = live.comment
    open[slot]?.comment = nil
    if live.comment != nil {
      for end in [flow.client.address, flow.server.address] {
        if let name = reporter.name(of: end) { output.writeName(name, of: end.networkBytes) }
      }
    }
    guard let owner = live.owner(of: packet, in: flow) else { return }
    let number = UInt32(bitPattern: owner.process.pid)
    output.writeProcess(owner.process.captureInformation)
    // Which of its threads sent the packet nobody tells; the first has the process's number.
    toWrite.owner = ProcessThread(process: number, thread: number)
    toWrite.direction = owner.direction
  }
}
