import Packets

/// Packets as lines in tcpdump's layout. It remembers what tcpdump remembers: the times of the first and of the
/// previous packet, and each connection's first sequence numbers.
public struct PacketText: Sendable {
  /// tcpdump's switches, with tcpdump's meaning.
  public struct Options: Hashable, Sendable {
    /// How often `-t` was given: 0 the time of day, 1 none, 2 seconds since 1970, 3 since the previous packet,
    /// 4 date and time, 5 since the first packet.
    public var times = 0
    /// `-e`: the link-layer header.
    public var link = false
    /// `-q`: less.
    public var quiet = false
    /// How often `-v` was given.
    public var verbosity = 0
    /// How often `-x` was given: 1 without the link-layer header, 2 with it.
    public var hexadecimal = 0
    /// How often `-X` was given: like `hexadecimal`, with the characters.
    public var hexadecimalAndText = 0
    /// `-A`: the characters.
    public var text = false
    /// `-S`: absolute sequence numbers.
    public var absoluteNumbers = false
    /// `-#`: the packet's number in front.
    public var numbers = false

    /// No switch.
    public init() {}
  }

  /// The switches.
  public let options: Options
  var sequences = SequenceNumbers()
  private var first: Timestamp?
  private var previous: Timestamp?

  /// A printer that has seen nothing.
  public init(_ options: Options = Options()) {
    self.options = options
  }

  /// The lines of one packet.
  public mutating func lines(_ record: PacketRecord) -> [String] {
    let layout = FrameLayout(record)
    var line = options.numbers ? Self.padded(record.number, 5) + "  " : ""
    line += time(record)
    if options.link { line += LinkText.header(record, layout) }
    var lines = [line]
    switch record.content {
    case .packet(let packet): append(packet, record, layout, to: &lines)
    case .error(let error): append(error, record, layout, to: &lines)
    }
    return lines + HexDump.lines(record, layout, options)
  }

  private mutating func time(_ record: PacketRecord) -> String {
    let now = record.time
    let digits = record.origin.digits
    let origin = options.times >= 5 ? first ?? now : previous ?? now
    first = first ?? now
    previous = now
    switch options.times {
    case 0: return Times.clock(Times.parts(now), digits: digits) + " "
    case 1: return ""
    case 2:
      let seconds = Times.floorDivide(now.nanoseconds, 1_000_000_000)
      return String(seconds.quotient) + Times.fraction(Int(seconds.remainder), digits: digits) + " "
    case 4:
      let parts = Times.parts(now)
      return Times.date(parts) + " " + Times.clock(parts, digits: digits) + " "
    default:
      let passed = now.nanoseconds(since: origin)
      let magnitude = Timestamp(nanoseconds: passed == .min ? .max : abs(passed))
      return (passed < 0 ? "-" : " ") + Times.clock(Times.parts(magnitude), digits: digits) + " "
    }
  }

  /// A number with leading spaces.
  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: " ", count: max(0, width - digits.count)) + digits
  }
}
