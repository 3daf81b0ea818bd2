/// What is known of the layers already passed, on the way to the one that holds the port.
struct Context: Sendable {
  /// Encapsulations so far, outermost first.
  var path: [Encapsulation] = []
  /// The header of the datagram that is a tunnel's, if this is one.
  private var outer: Encapsulation?
  /// Facts of the outermost link.
  var link = LinkAddresses()
  /// Encapsulations entered, those that leave no mark in `path` included.
  var depth = 0
  /// Inside an encapsulation: the link's facts are settled.
  var isInside = false
  /// The layer is only supposed to be here (a port or a label hints at it): lengths that promise too much refute it.
  var isGuess = false
  /// The bytes are the beginning of a datagram whose other fragments never came.
  var isUnfinished = false
  /// When the frame was captured.
  var time: Timestamp
  /// The frame's number in its capture.
  var frame: Int

  /// Nothing passed yet.
  init(time: Timestamp, frame: Int) {
    self.time = time
    self.frame = frame
  }

  /// Notes who tunnels: it stands in front of the tunnel's own layer, once that was found.
  mutating func note(outer header: borrowing InternetHeader) {
    outer = .outer(source: header.source, destination: header.destination)
  }

  /// Enters one more layer.
  mutating func enter(_ encapsulation: Encapsulation?, _ layer: Malformed.Layer) throws(Malformed) {
    guard depth < Decoder.maximumNesting else { throw Malformed(layer, .nesting) }
    depth += 1
    guard let encapsulation else { return }
    if let outer { path.append(outer) }
    outer = nil
    path.append(encapsulation)
  }
}
