import Captures
import Packets
import Verdicts

/// A file read a second time, for the traffic of a few hosts beside the port.
enum SecondReading {
  /// So much of what an archive unpacks to may lie in front of the member that is read again: each member that wants
  /// it has the archive unpacked up to there once more.
  static let mostAhead: UInt64 = 256 * 1024 * 1024

  /// Everything that a capture shows of these hosts; nil when it can't be read again, not as far as the first time, or is
  /// not to be read to its end.
  ///
  /// `frames` were read the first time; `place` is the capture's place in its archive, from 0; `isToEnd` is asked every few thousand frames.
  static func view(
    of path: String, place: Int, frames: Int, hosts: Set<IPAddress>, port: UInt16,
    isToEnd: () -> Bool
  ) -> HostView? {
    guard var container = try? CaptureContainer(path: path) else { return nil }
    for _ in 0..<place {
      if isToEnd() { return nil }
      _ = try? container.next()
    }
    guard var file = try? container.next() else { return nil }
    var view = HostView(hosts: hosts, port: port)
    return note(&file, &view, port, isToEnd) && file.frameCount >= frames ? view : nil
  }

  /// Notes every frame; false when it was not to be read to its end: half a view would tell of a silence that is none.
  private static func note(
    _ file: inout CaptureFile, _ view: inout HostView, _ port: UInt16, _ isToEnd: () -> Bool
  ) -> Bool {
    var decoder = Decoder(port: port)
    while let count = try? file.read(
      most: 4_096,
      { frame in
        let time = Timestamp(nanoseconds: frame.nanoseconds ?? 0)
        view.noteFrame(at: time)
        guard let link = LinkType(number: frame.linkType) else { return true }
        if link == .ppp, isNetworkControl(frame.bytes) { view.noteLinkUp(at: time) }
        switch try? decoder.decode(frame.bytes, length: frame.length, at: time, link: link) {
        case .packet(let packet), .reassembled(let packet, _, _): view.note(packet, at: time)
        case .error, .heldFragment, .other, nil: break
        }
        return true
      }), count > 0
    {
      if isToEnd() { return false }
    }
    return true
  }

  /// IPCP's Configure-Ack (RFC 1332, RFC 1661 section 5), with or without address and control bytes.
  private static func isNetworkControl(_ frame: Span<UInt8>) -> Bool {
    let start = frame.count >= 2 && frame[0] == 0xff && frame[1] == 3 ? 2 : 0
    return frame.count >= start + 3 && frame[start] == 0x80 && frame[start + 1] == 0x21
      && frame[start + 2] == 2
  }
}
