import Captures
import Packets
import Verdicts

/// A seekable file read a second time, for the traffic of a few hosts beside the port.
enum SecondReading {
  /// Everything that a file shows of these hosts; nil when it can't be read again.
  static func view(of path: String, hosts: Set<IPAddress>, port: UInt16) -> HostView? {
    guard var file = try? CaptureFile(path: path) else { return nil }
    var view = HostView(hosts: hosts, port: port)
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
    {}
    return view
  }

  /// IPCP's Configure-Ack (RFC 1332, RFC 1661 section 5), with or without address and control bytes.
  private static func isNetworkControl(_ frame: Span<UInt8>) -> Bool {
    let start = frame.count >= 2 && frame[0] == 0xff && frame[1] == 3 ? 2 : 0
    return frame.count >= start + 3 && frame[start] == 0x80 && frame[start + 1] == 0x21
      && frame[start + 2] == 2
  }
}
