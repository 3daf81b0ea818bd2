import Flows
import Packets

extension Recogniser {
  /// The BSD remote shell, login and execution services: texts that end with NUL; the server answers with a NUL.
  static let rsh = Recogniser(
    name: "rsh", title: "rsh, rlogin, rexec",
    specification: "RFC 1282; 4.3BSD rshd(8) and rexecd(8)",
    transports: [.tcp], basis: [.built]
  ) { conversation in
    let server = conversation.server.bytes
    guard let first = server.first else {
      return conversation.client.bytes.count < 1024 ? .undecided : .no
    }
    do throws(Misfit) {
      var walk = ByteWalk(conversation.client.bytes)
      let opening = try walk.terminated(most: 5)
      guard opening.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .wrong }
      let user = try walk.terminated(most: 64)
      let other = try walk.terminated(most: 64)
      let last = try walk.terminated(most: 1024)
      guard user.isGraphic, !user.isEmpty, other.isGraphic, !other.isEmpty, last.isGraphic,
        last.count >= 2
      else { throw .wrong }
      // rlogin's last text is the terminal with its speed; then both sides go on as they like.
      let slash = last.split(separator: 0x2f, omittingEmptySubsequences: false)
      let isLogin =
        opening.isEmpty && slash.count == 2 && slash[1].allSatisfy { (0x30...0x39).contains($0) }
        && !slash[1].isEmpty
      // What the command reads may follow, but only once the server has agreed.
      guard isLogin || !opening.isEmpty && (walk.remaining == 0 || first == 0) else {
        throw .wrong
      }
      // 1 announces a message of refusal.
      guard first == 0 || first == 1 && !isLogin && server.dropFirst().isWritten else {
        throw .wrong
      }
      // The acknowledgement is a segment of its own, or the output of the command follows.
      let isAcknowledged =
        server.count == 1 || server.dropFirst().prefix(64).isWritten
        || conversation.turns.first { $0.side == .server }?.range.count == 1
      // A terminal's output begins with no second NUL.
      guard isLogin ? server.count == 1 || server[1] != 0 : isAcknowledged else { throw .wrong }
      var facts = [Fact(.user, isLogin ? other : user)]
      facts.append(isLogin ? Fact(.topic, last) : Fact(.message, last))
      return .yes(
        Recognition(
          "rsh", .answered,
          grounds: [
            Ground(.client, 0, walk.offset, "texts ended by NUL"),
            Ground(.server, 0, 1, "acknowledgement"),
          ],
          facts: facts))
    } catch {
      return error == .wrong ? .no : .undecided
    }
  }
}
