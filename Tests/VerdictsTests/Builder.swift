import CallWaiting
import Flows
import Identify
import Packets

@testable import Verdicts

/// A flow made by hand, and the verdict on it.
struct Builder {
  var flow: Flow
  var identification = Identification(of: Conversation(transport: .tcp))
  var finding = CallWaitingFinding()
  var context = VerdictContext()

  static let era = Timestamp(seconds: 1_100_000_000, nanoseconds: 0)  // November 2004
  static let today = Timestamp(seconds: 1_790_000_000, nanoseconds: 0)
  static let pc = address("203.0.113.5")
  static let host = address("198.51.100.9")

  static func address(_ text: String) -> IPAddress { IPAddress(text) ?? IPAddress(v4: 0) }

  init(
    _ transport: Transport = .tcp, client: (IPAddress, UInt16) = (pc, 1_025),
    server: (IPAddress, UInt16) = (host, 3_699), ground: ClientGround? = nil,
    at time: Timestamp = today,
    flags: TCPFlags = .syn, window: UInt16 = 16_384, options: TCPOptions = Builder.ordinary,
    identification: UInt32? = 7, hopLimit: UInt8 = 50, sequence: UInt32 = 1_000,
    side: Side = .client,
    state: TCPState? = .established, link: LinkType = .ethernet, path: [Encapsulation] = []
  ) {
    let family = client.0.family
    let tcp =
      transport == .udp
      ? nil : TCPHeader(sequence: sequence, flags: flags, window: window, options: options)
    flow = Flow(
      number: 1, transport: transport, client: Endpoint(client.0, client.1),
      server: Endpoint(server.0, server.1),
      ground: ground ?? (transport == .tcp ? .syn : .firstDatagram),
      path: path, link: link, first: time,
      firstPacket: FirstPacket(
        number: 1,
        ip: IPHeader(family: family, hopLimit: hopLimit, identification: identification), tcp: tcp,
        payloadLength: 0, side: side),
      state: transport == .tcp ? state : nil)
    count(side, packets: 1)
    if flags == .syn, transport == .tcp { flow.clientCounters.syns = 1 }
    if side == .client {
      flow.clientCounters.flags = flags.rawValue
    } else {
      flow.serverCounters.flags = flags.rawValue
    }
  }

  /// Four options, as stacks send them.
  static var ordinary: TCPOptions {
    var options = TCPOptions()
    options.count = 2
    options.maximumSegmentSize = 1_460
    options.selectiveAcknowledgementPermitted = true
    return options
  }

  /// The segment size alone.
  static var onlySize: TCPOptions {
    var options = TCPOptions()
    options.count = 1
    options.maximumSegmentSize = 1_460
    return options
  }

  mutating func count(_ side: Side, packets: Int, payload: Int = 0) {
    if side == .client {
      flow.clientCounters.packets += packets
      flow.clientCounters.payloadBytes += payload
    } else {
      flow.serverCounters.packets += packets
      flow.serverCounters.payloadBytes += payload
    }
  }

  /// One side says something at a second.
  mutating func say(_ side: Side, at seconds: Double, _ bytes: [UInt8]) {
    var said = flow.conversation[side]
    let start = said.bytes.count
    said.bytes += bytes
    said.total += bytes.count
    if side == .client { flow.conversation.client = said } else { flow.conversation.server = said }
    let time = Timestamp(nanoseconds: flow.first.nanoseconds + Int64(seconds * 1e9))
    flow.conversation.turns.append(
      Turn(
        side: side, time: time, packet: flow.conversation.turns.count + 2,
        range: start..<start + bytes.count, length: bytes.count))
    count(side, packets: 1, payload: bytes.count)
    if time > flow.last { flow.last = time }
  }

  mutating func say(_ side: Side, at seconds: Double, _ text: String) {
    say(side, at: seconds, Array(text.utf8))
  }

  /// The verdict with what the real recognisers and dissectors find in the bytes.
  func verdict() -> Verdict {
    var flow = flow
    flow.conversation.knowsClient = flow.knowsClient
    return Verdict(
      of: flow, identification: Identification(of: flow.conversation),
      finding: finding == CallWaitingFinding()
        ? CallWaitingFinding(of: flow.conversation) : finding,
      context: context)
  }

  /// An SSH connection with both identification strings.
  mutating func speakSSH() {
    say(.server, at: 0.1, "SSH-2.0-OpenSSH_9.2\r\n")
    say(.client, at: 0.2, "SSH-2.0-OpenSSH_9.6\r\n")
  }
}

extension Verdict {
  func has(_ item: EvidenceItem) -> Bool { evidence.contains { $0.item == item } }
}
