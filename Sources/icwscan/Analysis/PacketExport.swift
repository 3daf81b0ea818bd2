import Captures
import Packets
import Report
import Sockets

/// The file of `-w`: the port's packets, with a comment a flow.
///
/// What a flow is shows only at its end, so packets wait in a spool until the file that they came from is read: that
/// works for pipes and archives too, and takes as much disk as the port's packets of one input.
struct PacketExport: ~Copyable {
  private var writer: CaptureWriter
  private var spool: FrameSpool?
  private var failure: CaptureError?
  /// The processes that packets wait with, each once; frames name them by their place, from 1.
  private var processes: [ProcessClaim] = []
  private var places: [ProcessClaim: Int] = [:]
  /// The names of the input's interfaces that packets wait with, by their numbers.
  private var interfaceNames: [Int: [UInt8]] = [:]
  /// Interfaces whose names are kept of one input.
  private static let mostInterfaces = 4_096
  /// Different processes, threads and ends of which packets can wait; packets beyond them are written without.
  private static let mostProcesses = 65_536

  /// An export into an open file; without a spool everything is written at once.
  init(_ writer: consuming CaptureWriter, spool: consuming FrameSpool?) {
    self.writer = writer
    self.spool = spool
  }

  /// Whether packets wait for their flow's verdict.
  var waitsForVerdicts: Bool { spool != nil }

  /// Adds a frame of a flow, with the names of its interface and of the process that its file has for it.
  mutating func add(
    _ bytes: Span<UInt8>, length: Int, time: Timestamp, linkType: Int32, interface: Int, flow: Int?,
    name: [UInt8]? = nil, process: ProcessClaim? = nil
  ) {
    if spool != nil {
      if let name, interfaceNames[interface] == nil, interfaceNames.count < Self.mostInterfaces {
        interfaceNames[interface] = name
      }
      let second = process.map { place(of: $0) } ?? 0
      spool?.append(
        bytes, length: length, nanoseconds: time.nanoseconds, linkType: linkType,
        interface: interface, tag: flow ?? 0, second: second)
    } else {
      // Only a pcap file is written at once, and can't hold processes.
      writer.write(
        bytes, length: length, nanoseconds: time.nanoseconds, linkType: linkType,
        interface: interface, name: nil)
    }
  }

  private mutating func place(of process: ProcessClaim) -> Int {
    if let known = places[process] { return known }
    guard processes.count < Self.mostProcesses else { return 0 }
    processes.append(process)
    places[process] = processes.count
    return processes.count
  }

  /// Writes what waits, now that the flows' comments are known.
  mutating func settle(_ comments: consuming FlowComments?) {
    guard spool != nil, var comments else { return }
    for (address, name) in comments.names { writer.writeName(name, of: address) }
    do {
      let (processes, interfaceNames) = (processes, interfaceNames)
      try spool?.replay { frame in
        guard comments.isWritten(frame.tag) else { return }
        let claim =
          processes.indices.contains(frame.second - 1) ? processes[frame.second - 1] : nil
        if let claim { writer.writeProcess(claim.process.captureInformation) }
        writer.write(
          frame.bytes.span, length: frame.length, nanoseconds: frame.nanoseconds,
          linkType: frame.linkType, interface: frame.interface,
          name: interfaceNames[frame.interface].map { String(decoding: $0, as: UTF8.self) },
          comment: comments.take(frame.tag), process: claim.map(ProcessThread.init),
          direction: claim.flatMap(FrameDirection.init))
      }
    } catch {
      failure = failure ?? error
    }
    processes = []
    places = [:]
    interfaceNames = [:]
  }

  /// Writes out what is buffered.
  mutating func flush() { _ = writer.flush() }

  /// Ends the file; returns what went wrong since it was begun, if anything did.
  mutating func finish() -> CaptureError? {
    let written = writer.finish()
    return failure ?? written
  }
}

extension ProcessThread {
  /// The numbers of a process that a file named.
  fileprivate init(_ claim: ProcessClaim) {
    self.init(process: UInt32(bitPattern: claim.process.pid), thread: claim.thread)
  }
}

extension FrameDirection {
  /// The direction that says at which end a process is; nil where that is not known of the packet.
  fileprivate init?(_ claim: ProcessClaim) {
    switch claim.end {
    case .sender: self = .outbound
    case .receiver: self = .inbound
    case .client, .server, nil: return nil
    }
  }
}

extension ProcessClaim {
  /// The same, told of a packet and not of its flow.
  func ofPacket(isFromClient: Bool) -> ProcessClaim {
    var claim = self
    switch end {
    case .client: claim.end = isFromClient ? .sender : .receiver
    case .server: claim.end = isFromClient ? .receiver : .sender
    case .sender, .receiver, nil: break
    }
    return claim
  }
}
