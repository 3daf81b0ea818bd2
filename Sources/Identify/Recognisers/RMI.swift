import Flows
import Packets

extension Recogniser {
  /// Java remote method invocation: `JRMI`, version and sub-protocol; the server acknowledges with the client's address.
  static let rmi = Recogniser(
    name: "rmi", title: "Java RMI",
    specification: "Java Remote Method Invocation Specification, section 10.2",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    do throws(Misfit) {
      var walk = ByteWalk(conversation.client.bytes)
      try walk.expect(Array("JRMI".utf8))
      let version = try walk.uint16()
      guard (1...2).contains(version) else { throw .wrong }
      let kind = try walk.uint8()
      guard (0x4b...0x4d).contains(kind) else { throw .wrong }
      var facts = [Fact(.version, "\(version)")]
      var grounds = [Ground(.client, 0, 7, "header")]
      var answer = ByteWalk(conversation.server.bytes)
      if answer.remaining > 0 {
        // In the single-operation protocol the answer is that of the call.
        let first = try answer.uint8()
        guard (kind == 0x4c ? [0x51, 0x53] : [0x4e, 0x4f]).contains(first) else { throw .wrong }
        // A refusal is that byte alone.
        guard first != 0x4f || answer.remaining == 0 else { throw .wrong }
        if kind == 0x4b, let count = try? answer.uint16(), let host = try? answer.take(Int(count)) {
          guard host.isGraphic else { throw .wrong }
          facts.append(Fact(.from, host))
        }
        grounds.append(Ground(.server, 0, max(1, answer.offset), "acknowledgement"))
      }
      return .yes(
        Recognition(
          "rmi", grounds.count == 2 ? .answered : .oneSided, grounds: grounds, facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
}
