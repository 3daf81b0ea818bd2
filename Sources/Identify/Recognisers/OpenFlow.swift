import Flows
import Packets

extension Recogniser {
  /// OpenFlow: messages of version, type, length and transaction; both sides begin with HELLO.
  static let openflow = Recogniser(
    name: "openflow", title: "OpenFlow", specification: "ONF TS-025 (OpenFlow 1.5.1), section 7.1",
    transports: [.tcp], basis: [.built, .corpus],
    length: { walk, _ throws(Misfit) in
      guard (1...6).contains(try walk.uint8()), try walk.uint8() <= 35 else { throw .wrong }
      let length = Int(try walk.uint16())
      guard length >= 8 else { throw .wrong }
      return length
    },
    read: { message, _ throws(Misfit) in
      var walk = message.walk()
      let version = try walk.uint8()
      let type = try walk.uint8()
      let length = Int(try walk.uint16())
      let transaction = try walk.uint32()
      var saying = Saying(what: "message header with version, type and length")
      switch type {
      case 0:
        // Elements, the only one of which is the bitmap of versions; older ones say nothing more.
        if length > 8 {
          guard try walk.uint16() == 1, Int(try walk.uint16()) == length - 8, length <= 64 else {
            throw .wrong
          }
        }
        saying.facts = [Fact(.version, "0x0\(version)")]
      case 5:
        // The controller, whom switches call, asks for what a switch can do.
        guard length == 8 else { throw .wrong }
        saying.part = .response
        saying.echo = UInt64(transaction) << 8 | 1
      case 6:
        guard length >= 32 else { throw .wrong }
        saying.part = .request
        saying.echo = UInt64(transaction) << 8 | 1
        let datapath = String(try walk.uint64(), radix: 16)
        saying.facts = [Fact(.clientID, "datapath 0x" + datapath)]
      // Small numbers all, which others use too.
      default: return nil
      }
      return saying
    })
}
