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
    /// Whether it is cut, but as long as the packet that it came in was on the wire.
    fileprivate(set) var isAccounted = false
    /// The number of the packet that it began in.
    fileprivate(set) var packet = 0
    /// How long it says that it is; nil where it is cut before that.
    fileprivate(set) var length: Int?

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
  /// UDP: every datagram begins with a message and must end with one. Where a stream's start was missed, `marker` is what
  /// each message begins with and may be sought.
  init(
    of side: Side, in conversation: borrowing Conversation, most: Int = 32, marker: [UInt8]? = nil,
    length: (inout ByteWalk, _ isDatagram: Bool) throws(Misfit) -> Int
  ) {
    let said = conversation[side]
    guard conversation.transport == .udp else {
      split(said.bytes[...], most: most, length: length)
      guard isWrong, !said.beginsAtStart || marker != nil else {
        account(for: conversation.turns, of: side)
        return
      }
      // The bytes begin anywhere in a message; the next packets may begin with one.
      for turn in conversation.turns.lazy.filter({ $0.side == side }).prefix(6).dropFirst()
      where isWrong && turn.range.lowerBound < said.bytes.count {
        messages = []
        isWrong = false
        split(said.bytes[turn.range.lowerBound...], most: most, length: length)
      }
      if isWrong, let marker, let start = Self.place(of: marker, in: said.bytes) {
        messages = []
        isWrong = false
        split(said.bytes[start...], most: most, length: length)
        // Behind a broken message several sound ones have to follow each other.
        if whole.reduce(0, { sum, _ in sum + 1 }) < 2 {
          messages = []
          isWrong = true
        }
      }
      account(for: conversation.turns, of: side)
      return
    }
    for turn in conversation.turns
    where turn.side == side && !turn.range.isEmpty && messages.count < most && !isWrong {
      split(
        said.bytes[turn.range], most: most, isCut: !turn.isWhole, isDatagram: true, length: length)
    }
    account(for: conversation.turns, of: side)
  }

  /// Tells each message the packet that it began in, and a cut one whether its length is that of its packet.
  private mutating func account(for turns: [Turn], of side: Side) {
    guard !messages.isEmpty else { return }
    let own = turns.filter { $0.side == side && !$0.range.isEmpty }
    for index in messages.indices {
      let offset = messages[index].offset
      guard let turn = own.first(where: { $0.range.contains(offset) }) else { continue }
      messages[index].packet = turn.packet
      messages[index].isAccounted =
        turn.range.lowerBound == offset && !turn.isWhole && messages[index].length == turn.length
    }
  }

  /// Where `marker` first stands.
  private static func place(of marker: [UInt8], in bytes: [UInt8]) -> Int? {
    guard let first = marker.first, bytes.count > marker.count else { return nil }
    let end = bytes.count - marker.count
    var index = 0
    while let next = bytes[index..<end].firstIndex(of: first) {
      if bytes[next...].starts(with: marker) { return next }
      index = next + 1
    }
    return nil
  }

  private mutating func split(
    _ bytes: ArraySlice<UInt8>, most: Int, isCut: Bool = true, isDatagram: Bool = false,
    length: (inout ByteWalk, _ isDatagram: Bool) throws(Misfit) -> Int
  ) {
    var left = bytes
    while !left.isEmpty, messages.count < most {
      var walk = ByteWalk(left)
      var told: Int?
      do throws(Misfit) {
        let count = try length(&walk, isDatagram)
        guard count > 0 else { throw .wrong }
        told = count
        guard count <= left.count else { throw .short }
        messages.append(
          Message(
            bytes: left.prefix(count), offset: left.startIndex, isWhole: true,
            isDatagram: isDatagram))
        left = left.dropFirst(count)
      } catch .short where isCut {
        var message = Message(
          bytes: left, offset: left.startIndex, isWhole: false, isDatagram: isDatagram)
        message.length = told
        messages.append(message)
        return
      } catch {
        isWrong = true
        return
      }
    }
  }
}
