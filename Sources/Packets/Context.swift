/// What is known of the layers already passed, on the way to the one that holds the port.
struct Context: Sendable {
  /// Encapsulations so far, outermost first.
  var path: [Encapsulation] = []
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

  /// Notes who tunnels, in front of the tunnel's own layer.
  mutating func note(outer header: borrowing InternetHeader) {
    path.append(.outer(source: header.source, destination: header.destination))
  }

  /// Enters one more layer.
  mutating func enter(_ encapsulation: Encapsulation?, _ layer: Malformed.Layer) throws(Malformed) {
    guard depth < Decoder.maximumNesting else { throw Malformed(layer, .nesting) }
    depth += 1
    if let encapsulation { path.append(encapsulation) }
  }
}
