import Packets
public import Sockets

/// What the helper tells the parser.
public enum HelperMessage: Hashable, Sendable {
  /// The helper is ready: devices may be opened. Why the kernel does not tell who opens sockets; nil when it does.
  case begin(TraceObstacle?)
  /// The answer to a question of this number.
  case owner(number: UInt64, EndAnswer)
  /// Whether the address of a question is this host's own.
  case own(number: UInt64, Bool)
  /// A new file, whose descriptor comes with the message.
  case file
  /// The file of `-w` is still where it was: it was not moved away.
  case fileStands
  /// No file comes any more: `-W` files were written.
  case lastFile
  /// No file can be opened; the number is that of errno(3).
  case fileRefused(Int32)
  /// Print the counters (SIGUSR1).
  case counters
  /// Write out what `-w` has buffered (SIGUSR2).
  case flush
  /// Open the file of `-w` anew (SIGHUP).
  case reopen
  /// The packet socket of the device with this place on the command line has come: its going and coming is told from here on.
  case deviceKept(UInt16)
  /// The device with this place is gone.
  case deviceGone(UInt16)
  /// It is back, and its frames come. Its kind, a number of <linux/if_arp.h>, when it is another than at the start.
  case deviceBack(UInt16, hardware: UInt16?)

  private enum Kind: UInt8 {
    case begin = 1
    case owner, own, file, fileStands, lastFile, fileRefused, counters, flush, reopen
    case deviceGone, deviceBack, deviceKept
  }

  /// No message is longer.
  static let longest = 20_480

  /// The message as it is sent.
  var bytes: [UInt8] {
    var out = MessageBytes()
    out.put(kind.rawValue)
    switch self {
    case .begin(let obstacle): out.put(obstacle)
    case .owner(let number, let answer):
      out.put(number)
      out.put(answer)
    case .own(let number, let isOwn):
      out.put(number)
      out.put(UInt8(isOwn ? 1 : 0))
    case .fileRefused(let number): out.put(number)
    case .deviceKept(let place), .deviceGone(let place): out.put(place)
    case .deviceBack(let place, let hardware):
      out.put(place)
      out.put(UInt8(hardware == nil ? 0 : 1))
      out.put(hardware ?? 0)
    case .file, .fileStands, .lastFile, .counters, .flush, .reopen: break
    }
    return out.bytes
  }

  private var kind: Kind {
    switch self {
    case .begin: .begin
    case .owner: .owner
    case .own: .own
    case .file: .file
    case .fileStands: .fileStands
    case .lastFile: .lastFile
    case .fileRefused: .fileRefused
    case .counters: .counters
    case .flush: .flush
    case .reopen: .reopen
    case .deviceKept: .deviceKept
    case .deviceGone: .deviceGone
    case .deviceBack: .deviceBack
    }
  }

  /// The message of these bytes; nil when it is none.
  init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes.span)
    guard let kind = reader.uint8().flatMap({ Kind(rawValue: $0) }),
      let message = Self.decoded(kind, &reader), reader.remaining == 0
    else { return nil }
    self = message
  }

  private static func decoded(_ kind: Kind, _ reader: inout Reader) -> HelperMessage? {
    switch kind {
    case .begin: return reader.obstacle().map { .begin($0) }
    case .owner:
      guard let number = reader.uint64(), let answer = reader.endAnswer() else { return nil }
      return .owner(number: number, answer)
    case .own:
      guard let number = reader.uint64(), let isOwn = reader.flag() else { return nil }
      return .own(number: number, isOwn)
    case .fileRefused: return reader.uint32().map { .fileRefused(Int32(bitPattern: $0)) }
    case .deviceKept: return reader.uint16().map { .deviceKept($0) }
    case .deviceGone: return reader.uint16().map { .deviceGone($0) }
    case .deviceBack:
      guard let place = reader.uint16(), let isOther = reader.flag(), let hardware = reader.uint16()
      else { return nil }
      return .deviceBack(place, hardware: isOther ? hardware : nil)
    case .file: return .file
    case .fileStands: return .fileStands
    case .lastFile: return .lastFile
    case .counters: return .counters
    case .flush: return .flush
    case .reopen: return .reopen
    }
  }
}

extension MessageBytes {
  fileprivate mutating func put(_ obstacle: TraceObstacle?) {
    switch obstacle {
    case nil: put(UInt8(0))
    case .notInKernel: put(UInt8(1))
    case .notPermitted: put(UInt8(2))
    case .otherPIDNamespace: put(UInt8(3))
    case .system(let number):
      put(UInt8(4))
      put(number)
    }
  }
}

extension Reader {
  fileprivate mutating func obstacle() -> TraceObstacle?? {
    switch uint8() {
    case 0: .some(nil)
    case 1: .notInKernel
    case 2: .notPermitted
    case 3: .otherPIDNamespace
    case 4: uint32().map { .system(Int32(bitPattern: $0)) }
    default: nil
    }
  }

  /// 0 or 1.
  mutating func flag() -> Bool? {
    switch uint8() {
    case 0: false
    case 1: true
    default: nil
    }
  }
}
