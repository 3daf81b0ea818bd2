import Flows
import Packets

extension Recogniser {
  /// Rx, the remote procedure calls of AFS: packets of epoch, connection, call, sequence, serial and type.
  static let afsRx = Recogniser(
    name: "afs-rx", title: "AFS Rx",
    specification: "Zayas, AFS-3: Rx remote procedure call facility, chapter 6",
    transports: [.udp], basis: [.built, .corpus],
    read: { message, side throws(Misfit) in
      var walk = message.walk()
      let epoch = try walk.uint32()
      let connection = try walk.uint32()
      let call = try walk.uint32()
      let sequence = try walk.uint32()
      let serial = try walk.uint32()
      let type = try walk.uint8()
      let flags = try walk.uint8()
      try walk.skip(1)
      let security = try walk.uint8()
      try walk.skip(2)
      let service = try walk.uint16()
      guard (1...13).contains(type), flags & 0xc0 == 0, security <= 5,
        (flags & 1 != 0) == (side == .client)
      else { throw .wrong }
      // Data has a place in its call; serial numbers start at 1.
      if type == 1 { guard sequence > 0, call > 0, epoch > 0 else { throw .wrong } }
      guard sequence < 1 << 24, serial < 1 << 28 else { throw .wrong }
      var saying = Saying(
        part: side == .client ? .request : .response,
        what: "Rx header with epoch, connection, call and type in their ranges")
      saying.echo = UInt64(epoch) << 32 | UInt64(connection & ~3)
      // A request for data: the operation is the first word of the call.
      if type == 1, side == .client, sequence == 1, let operation = try? walk.uint32() {
        saying.facts = [
          Fact(.method, "operation \(operation)"), Fact(.topic, "service \(service)"),
        ]
        saying.isSufficient =
          serial > 0 && serial < 1 << 16 && operation < 1 << 17 && (1...4096).contains(service)
      }
      return saying
    })
}
