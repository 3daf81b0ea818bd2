/// Frames to packets; keeps the fragments of unfinished datagrams and nothing else.
///
/// Checksums are not verified: with checksum offload a host's own frames are captured before they are filled in.
public struct Decoder: Sendable {
  /// How many encapsulations are followed inwards.
  public static let maximumNesting = 16
  /// How many layers in one frame are tried on a mere hint (a tunnel's port, a label without a protocol field).
  public static let maximumGuesses = 16

  /// The watched port: a datagram that touches it is never searched for a tunnel, so that a flow belongs to the
  /// outermost layer whose port it is.
  public let port: UInt16
  /// Fragments that wait for the others.
  var fragments = FragmentStore()
  /// Guesses left for the present frame.
  var guesses = 0

  /// A decoder without fragments.
  public init(port: UInt16 = 3699) {
    self.port = port
  }

  /// Fragmented datagrams that were given up without a word because too many waited (the first fragment was missing,
  /// or nobody called `takeUnfinished` in time).
  public var lostDatagrams: Int { fragments.lost }

  /// Reads one frame.
  ///
  /// A frame whose port is only inside a UDP tunnel (VXLAN, GENEVE, GTP-U, Teredo, L2TP) gives the inner packet; any
  /// other UDP datagram gives itself. IP length fields that promise more than the frame holds are taken as a cut.
  ///
  /// - Parameters:
  ///   - frame: The captured bytes.
  ///   - length: The frame's length on the wire; less than `frame.count` counts as that.
  ///   - time: When it was captured; old fragments expire by it.
  ///   - link: How the frame begins.
  /// - Throws: `Malformed` when the bytes contradict themselves or end too early.
  public mutating func decode(
    _ frame: Span<UInt8>, length: Int, at time: Timestamp, link: LinkType
  ) throws(Malformed) -> Decoded {
    guesses = Self.maximumGuesses
    if !fragments.isEmpty { fragments.expire(at: time) }
    var context = Context(time: time)
    return try decode(link: link, Extent(frame, length: length), &context)
  }

  /// Datagrams whose fragments never became complete, given up since the last call: the first fragment's packet with
  /// the bytes that are there, at the time of the fragment captured first. With `all`, also those still waited for (the
  /// end of a capture).
  public mutating func takeUnfinished(
    all: Bool = false
  ) -> [(packet: Packet, payload: [UInt8], time: Timestamp)] {
    if all { fragments.giveUpAll() }
    var taken: [(packet: Packet, payload: [UInt8], time: Timestamp)] = []
    while let datagram = fragments.nextGivenUp() {
      guard let first = datagram.first else { continue }
      let bytes = datagram.leadingBytes
      let wire = datagram.total ?? datagram.highest
      guesses = Self.maximumGuesses
      var context = first.context
      context.isUnfinished = true
      let header = first.header.reassembled(length: first.headerLength + wire)
      // A tunnel's inner fragments may be held again by this; they are fewer bytes each time.
      guard
        let decoded = try? transport(Extent(bytes.span, length: wire), header, &context)
      else {
        if all { fragments.giveUpAll() }
        continue
      }
      switch decoded {
      case .packet(let packet): taken.append((packet, bytes, datagram.time))
      case .reassembled(let packet, let inner): taken.append((packet, inner, datagram.time))
      case .error, .heldFragment, .other: break
      }
      if all { fragments.giveUpAll() }
    }
    return taken
  }
}
