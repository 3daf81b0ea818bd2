import Flows
import Packets

/// What one side said, split into messages by the length that each of them carries.
struct MessageRun {
  /// One message, or the part of it that is there.
  struct Message {
    /// Its bytes, header included.
    let bytes: ArraySlice<UInt8>
    /// Where it starts in the side's bytes.
    let offset: Int
    /// Whether all of it is there.
    let isWhole: Bool
    /// Whether it came in a datagram.
    var isDatagram = false

    /// A walk over its bytes.
    func walk(_ order: ByteWalk.Order = .big) -> ByteWalk { ByteWalk(bytes, order) }
  }

  /// The messages in turn; only the last may be in part.
  private(set) var messages: [Message] = []
  /// Whether something stood where a message must begin and was none.
  private(set) var isWrong = false

  /// Those that are all there.
  var whole: some Sequence<Message> { messages.lazy.filter(\.isWhole) }

  /// The messages of one side. `length` tells from a message's first bytes how long the whole of it is.
  ///
  /// UDP: every datagram begins with a message and must end with one.
  init(
    of side: Side, in conversation: Conversation, most: Int = 32,
    length: (inout ByteWalk, _ isDatagram: Bool) throws(Misfit) -> Int
  ) {
    let said = conversation[side]
    guard conversation.transport == .udp else {
      split(said.bytes[...], most: most, length: length)
      guard isWrong, !said.beginsAtStart else { return }
      // The bytes begin anywhere in a message; the next packets may begin with one.
      for turn in conversation.turns.lazy.filter({ $0.side == side }).prefix(6).dropFirst()
      where isWrong && turn.range.lowerBound < said.bytes.count {
        messages = []
        isWrong = false
        split(said.bytes[turn.range.lowerBound...], most: most, length: length)
      }
      return
    }
    for datagram in conversation.datagrams(from: side) where messages.count < most && !isWrong {
      let range = datagram.turn.range
      split(
        said.bytes[range], most: most, isCut: !datagram.isWhole, isDatagram: true,
        length: length)
    }
  }

  private mutating func split(
    _ bytes: ArraySlice<UInt8>, most: Int, isCut: Bool = true, isDatagram: Bool = false,
    length: (inout ByteWalk, _ isDatagram: Bool) throws(Misfit) -> Int
  ) {
    var left = bytes
    while !left.isEmpty, messages.count < most {
      var walk = ByteWalk(left)
      do throws(Misfit) {
        let count = try length(&walk, isDatagram)
        guard count > 0 else { throw .wrong }
        guard count <= left.count else { throw .short }
        messages.append(
          Message(
            bytes: left.prefix(count), offset: left.startIndex, isWhole: true,
            isDatagram: isDatagram))
        left = left.dropFirst(count)
      } catch .short where isCut {
        messages.append(
          Message(
            bytes: left, offset: left.startIndex, isWhole: false, isDatagram: isDatagram))
        return
      } catch {
        isWrong = true
        return
      }
    }
  }
}
