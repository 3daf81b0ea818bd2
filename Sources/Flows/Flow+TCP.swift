import Packets

extension Flow {
  /// Moves the TCP state by one segment (RFC 9293 section 3.3.2, as an observer sees it).
  mutating func advance(_ header: TCPHeader, from side: Side, payloadLength: Int) {
    let flags = header.flags
    switch state {
    case .synSent:
      if flags.contains(.rst) {
        state = side == .server ? .refused : .reset
      } else if side == .server, flags.isSuperset(of: [.syn, .ack]) {
        state = .synReceived
      } else if side == .client, flags.contains(.ack), !flags.contains(.syn) {
        // The answer was not captured but the client goes on, so there was one.
        state = .established
      }
    case .synReceived:
      if flags.contains(.rst) {
        state = side == .client && clientCounters.payloadBytes == 0 ? .halfOpenReset : .reset
      } else if side == .client, flags.contains(.ack), !flags.contains(.syn) {
        state = .established
      }
    case .midstream:
      if flags.contains(.rst) {
        state = .reset
      } else if clientCounters.payloadBytes > 0, serverCounters.payloadBytes > 0 {
        state = .established
      }
    case .established, .closing:
      if flags.contains(.rst) { state = .reset }
    case nil, .closed, .refused, .reset, .halfOpenReset:
      return
    }
    if flags.contains(.fin), state == .established || state == .closing || state == .midstream {
      let other = counters(side.opposite)
      state = TCPFlags(rawValue: other.flags).contains(.fin) ? .closed : .closing
    }
  }

  /// Whether a SYN begins a new connection between the same ports.
  func isReplaced(by header: TCPHeader, from source: Endpoint) -> Bool {
    guard header.flags.contains(.syn), !header.flags.contains(.ack) else { return false }
    guard ground == .syn, let old = firstPacket.tcp, source == client else {
      // The old connection was seen without its SYN, or the ends change their roles.
      return ground != .syn || state == .closed || state == .reset || state == .refused
    }
    return old.sequence != header.sequence
  }
}
