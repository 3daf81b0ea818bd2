public import Packets

/// One conversation between two endpoints over one transport, with everything that later stages ask of it.
public struct Flow: Sendable {
  /// Ordinal of the flow in its table, from 1, by first packet.
  public let number: Int
  /// TCP or UDP.
  public let transport: Transport
  /// Who began (see `ground`).
  public var client: Endpoint
  /// Who was called.
  public var server: Endpoint
  /// On what grounds `client` is the client.
  public var ground: ClientGround
  /// Layers between link and IP of the first packet, outermost first.
  public let path: [Encapsulation]
  /// The link type of the first packet's frame.
  public let link: LinkType
  /// Time of the first packet.
  public let first: Timestamp
  /// Time of the last packet.
  public var last: Timestamp
  /// The first packet of the flow.
  public internal(set) var firstPacket: FirstPacket
  /// The server's first packet (a SYN+ACK, a RST, a datagram); nil when it never spoke.
  public var firstAnswer: FirstPacket? {
    get { answersKept.first }
    set { answersKept = newValue.map { [$0] } ?? [] }
  }
  /// A flood's flows have none, and it is large.
  private var answersKept: [FirstPacket] = []
  /// What the client sent.
  public var clientCounters = SideCounters()
  /// What the server sent.
  public var serverCounters = SideCounters()
  /// Copies of one packet that were captured on a second interface or twice.
  public var duplicates = 0
  /// ICMP errors that quote the flow.
  public var icmpErrors = 0
  /// Type and code of the first of them, and the family.
  public var firstICMPError: ICMPError? {
    get { icmpErrorsKept.first }
    set { icmpErrorsKept = newValue.map { [$0] } ?? [] }
  }
  /// Few flows have one, and it is large.
  private var icmpErrorsKept: [ICMPError] = []
  /// Whether the capture lost packets while the flow went on, so that some of the flow's may be missing.
  public var mayLackPackets = false
  /// TCP: how far the connection got; nil for UDP.
  public var state: TCPState?
  /// What both sides said first.
  public var conversation: Conversation
  /// Why the flow is over; nil while it goes on.
  public var end: FlowEnd?
  /// Until when the capture is known to have gone on; nil when nobody said, and never before `last`.
  public var watchedUntil: Timestamp?

  /// A flow that begins with a packet.
  public init(
    number: Int, transport: Transport, client: Endpoint, server: Endpoint, ground: ClientGround,
    path: [Encapsulation] = [], link: LinkType = .ethernet, first: Timestamp,
    firstPacket: FirstPacket,
    state: TCPState? = nil
  ) {
    self.number = number
    self.transport = transport
    self.client = client
    self.server = server
    self.ground = ground
    self.path = path
    self.link = link
    self.first = first
    last = first
    self.firstPacket = firstPacket
    self.state = state
    conversation = Conversation(transport: transport)
  }

  /// Captured packets of both sides, duplicates included, ICMP errors not.
  public var packets: Int { clientCounters.packets + serverCounters.packets }

  /// What one side sent.
  public func counters(_ side: Side) -> SideCounters {
    side == .client ? clientCounters : serverCounters
  }

  /// The endpoint of one side.
  public func endpoint(_ side: Side) -> Endpoint { side == .client ? client : server }

  /// Whether the flow's first packets were captured: a SYN or SYN+ACK of TCP, the first datagram of UDP as far as a
  /// capture can tell.
  public var startSeen: Bool {
    ground == .syn || ground == .synAck || transport == .udp && ground != .protocolDirection
  }

  /// Whether the client is known, not merely whoever was captured first.
  public var knowsClient: Bool { ground != .firstCaptured }
}
