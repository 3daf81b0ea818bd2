/// Frames to packets; keeps the fragments of unfinished datagrams and nothing else.
public struct Decoder: Sendable {
  /// A decoder without fragments.
  public init() {}

  /// Reads one frame.
  ///
  /// - Parameters:
  ///   - frame: The captured bytes.
  ///   - length: The frame's length on the wire; at least `frame.count`.
  ///   - time: When it was captured; old fragments expire by it.
  ///   - link: How the frame begins.
  /// - Throws: `Malformed` when the bytes contradict themselves or end too early.
  public mutating func decode(
    _ frame: Span<UInt8>, length: Int, at time: Timestamp, link: LinkType
  ) throws(Malformed) -> Decoded {
    throw Malformed(.link, .linkType)
  }

  /// Datagrams whose fragments never became complete, given up since the last call: the first fragment's packet with
  /// the bytes that are there. With `all`, also those still waited for (the end of a capture).
  public mutating func takeUnfinished(all: Bool = false) -> [(packet: Packet, payload: [UInt8], time: Timestamp)] {
    []
  }
}
