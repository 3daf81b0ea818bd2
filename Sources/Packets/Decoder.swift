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
  /// Headers of TCP connections that were sent compressed, by link.
  var compressedHeaders = CompressedHeaders()
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
  ///   - number: The frame's number, by which a datagram in fragments tells its frames.
  /// - Throws: `Malformed` when the bytes contradict themselves or end too early.
  public mutating func decode(
    _ frame: Span<UInt8>, length: Int, at time: Timestamp, link: LinkType,
    number: Int = 0
  ) throws(Malformed) -> Decoded {
    guesses = Self.maximumGuesses
    if !fragments.isEmpty { fragments.expire(at: time) }
    var context = Context(time: time, frame: number)
    return try decode(link: link, Extent(frame, length: length), &context)
  }

  /// Datagrams whose fragments never became complete, given up since the last call: the first fragment's packet with
  /// the bytes that are there, at the time of the fragment captured first. With `all`, also those still waited for (the
  /// end of a capture).
  public mutating func takeUnfinished(
    all: Bool = false
  ) -> [UnfinishedDatagram] {
    var taken: [UnfinishedDatagram] = []
    // Inside a tunnel's datagram may lie a fragment, which is then held in its turn; it is smaller each time.
    repeat {
      for datagram in fragments.takeGivenUp() {
        if let unfinished = unfinished(datagram) { taken.append(unfinished) }
      }
      if all { fragments.giveUpAll() }
    } while fragments.hasGivenUp
    return taken
  }

  /// The packet of a datagram that never became complete, as far as it goes.
  private mutating func unfinished(
    _ datagram: FragmentedDatagram
  ) -> UnfinishedDatagram? {
    guard let first = datagram.first else { return nil }
    let bytes = datagram.leadingBytes
    let wire = datagram.total ?? datagram.highest
    guesses = Self.maximumGuesses
    var context = first.context
    context.isUnfinished = true
    let header = first.header.reassembled(length: first.headerLength + wire)
    switch try? transport(Extent(bytes.span, length: wire), header, &context) {
    case .packet(let packet): return UnfinishedDatagram(packet, bytes, datagram)
    case .reassembled(let packet, let inner, _):
      return UnfinishedDatagram(packet, inner, datagram)
    case .error, .heldFragment, .other, nil: return nil
    }
  }
}
