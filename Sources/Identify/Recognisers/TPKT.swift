import Flows

/// ISO transport on TCP (RFC 1006 and RFC 2126): TPKT around X.224 class 0, which RDP, S7comm, MMS and others speak.
struct TPKT {
  /// One transport unit.
  struct Unit {
    /// The X.224 type without its credit: 0xe0 connection request, 0xd0 confirm, 0xf0 data.
    let type: UInt8
    /// What the length indicator covers, behind the type.
    let header: ArraySlice<UInt8>
    /// What follows the header.
    let body: ArraySlice<UInt8>
    /// Where it starts.
    let offset: Int
    /// Whether all of it is there.
    let isWhole: Bool

    /// Parameters of a connection request or confirm, by their code; nil when they do not add up.
    var parameters: [UInt8: ArraySlice<UInt8>]? {
      var walk = ByteWalk(header.dropFirst(5))
      var found: [UInt8: ArraySlice<UInt8>] = [:]
      while walk.remaining > 0 {
        guard let code = try? walk.uint8(), code >= 0x80, found[code] == nil,
          let length = try? walk.uint8(), let value = try? walk.take(Int(length))
        else { return nil }
        found[code] = value
      }
      return found
    }

    /// The references of a connection request or confirm: destination, then source.
    var references: (destination: UInt16, source: UInt16)? {
      var walk = ByteWalk(header)
      guard let destination = try? walk.uint16(), let source = try? walk.uint16() else {
        return nil
      }
      return (destination, source)
    }
  }

  private(set) var units: [Unit] = []
  /// Whether something was no transport unit.
  private(set) var isWrong = false

  /// The units of one side up to the first bytes that are none, as behind a change to TLS.
  init(of side: Side, in conversation: Conversation, most: Int = 16) {
    var walk = ByteWalk(conversation[side].bytes)
    while walk.remaining > 0, units.count < most, !isWrong {
      do throws(Misfit) {
        units.append(try Self.unit(&walk))
      } catch {
        isWrong = error == .wrong
        return
      }
    }
  }

  /// The next unit, or what is there of it.
  static func unit(_ walk: inout ByteWalk) throws(Misfit) -> Unit {
    let start = walk.offset
    try walk.expect([3, 0])
    let length = Int(try walk.uint16())
    guard length >= 7 else { throw .wrong }
    let indicator = Int(try walk.uint8())
    guard indicator >= 2, indicator + 5 <= length else { throw .wrong }
    let type = try walk.uint8()
    let isWhole = walk.remaining >= length - 6
    let header = try walk.take(min(indicator - 1, walk.remaining))
    guard isSound(type, header, isWhole: header.count == indicator - 1) else { throw .wrong }
    let body = try walk.take(min(length - 5 - indicator, walk.remaining))
    return Unit(type: type & 0xf0, header: header, body: body, offset: start, isWhole: isWhole)
  }

  /// The length that a unit's first bytes tell.
  static func length(_ walk: inout ByteWalk) throws(Misfit) -> Int {
    try walk.expect([3, 0])
    let length = Int(try walk.uint16())
    guard length >= 7 else { throw .wrong }
    return length
  }

  /// Whether a header fits its type in class 0: request and confirm have references and class, data an end mark.
  private static func isSound(_ type: UInt8, _ header: ArraySlice<UInt8>, isWhole: Bool) -> Bool {
    guard isWhole else { return [0xe0, 0xd0, 0xf0, 0x80, 0x70].contains(type & 0xf0) }
    return switch type {
    case 0xe0, 0xd0:
      header.count >= 5 && header.dropFirst(4).first.map { $0 & 0xf0 <= 0x40 } ?? false
    case 0xf0: header.count == 1 && header.first.map { $0 & 0x7f == 0 } ?? false
    case 0x80: header.count >= 5
    case 0x70: header.count >= 3
    default: false
    }
  }
}
