import Captures
import Flows
import Packets
import Report
import Sockets
import Verdicts

extension LiveWork {
  /// What belongs to a packet that is written.
  struct ToWrite {
    var comment: String?
    var owner: ProcessThread?
    var direction: FrameDirection?
  }

  /// Finds what belongs to a packet in the written capture: its flow's comment when that is news, its process, which is
  /// described first, and the names that were asked for.
  mutating func write(
    _ packet: Packet, of slot: Int, _ reporter: inout Reporter, _ writer: inout CaptureWriter?
  ) {
    let flow = pipeline.table[slot]
    guard let live = open[slot], live.number == flow.number else { return }
    toWrite.comment = live.comment
    open[slot]?.comment = nil
    if live.comment != nil {
      for end in [flow.client.address, flow.server.address] {
        if let name = reporter.name(of: end) { writer?.writeName(name, of: end.networkBytes) }
      }
    }
    let attributor = finder.attributor
    guard
      let owner = live.owner(
        of: packet, in: flow, isHere: { attributor.isHere($0.address.networkBytes) })
    else { return }
    let number = UInt32(bitPattern: owner.process.pid)
    writer?.writeProcess(owner.process.captureInformation)
    // Which of its threads sent the packet nobody tells; the first has the process's number.
    toWrite.owner = ProcessThread(process: number, thread: number)
    toWrite.direction = owner.direction
  }

  /// What a sentence tells of a flow beside its number.
  struct Told: Hashable {
    let transport: Transport
    let verdictClass: VerdictClass
    let application: String?
    let servicePort: UInt16?
    let server: ProcessKey?

    init(_ record: FlowRecord) {
      transport = record.flow.transport
      verdictClass = record.verdict.verdictClass
      application = record.verdict.application
      servicePort = record.verdict.servicePort
      server = record.serverProcess?.key
    }
  }

  /// The kernel's interface index in a cooked frame of version 2.
  static func interface(_ bytes: Span<UInt8>, _ linkType: Int32) -> UInt32? {
    guard linkType == 276, bytes.count >= 8 else { return nil }
    return (4..<8).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[$1]) }
  }

  mutating func interfaceName(
    _ index: UInt32, _ linkType: Int32, _ device: LiveDevice
  ) -> [UInt8]? {
    guard linkType == 276 else { return Array(device.name.utf8) }
    if let known = names[index] { return known }
    let name = InterfaceNames.name(of: index).map { Array($0.utf8) }
    if names.count < 4_096 { names[index] = name }
    return name
  }
}
