/// The text of /proc/net/{tcp,udp,udplite} and of those with a 6 behind, fed piece by piece; keeps the sockets with the port on either side.
///
///     sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt   uid  timeout inode ...
///      0: 0100007F:0E73 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 ...
///
/// An address is printed as 32-bit words of the host's byte order.
struct ProcNetTable {
  /// A line is about 150 bytes; a longer one is no line.
  private static let lineLimit = 1_024
  /// Sockets kept; a bound against exhaustion.
  private static let socketLimit = 1 << 18

  let transport: SocketEntry.Transport
  let isIPv6: Bool
  let port: UInt16
  /// The sockets found so far, rows that the kernel repeated removed.
  private(set) var entries: [SocketEntry] = []
  /// Whether rows were left out for their number.
  private(set) var isComplete = true
  private var seen: Set<SocketEntry> = []
  private var line: [UInt8] = []

  init(transport: SocketEntry.Transport, isIPv6: Bool, port: UInt16) {
    self.transport = transport
    self.isIPv6 = isIPv6
    self.port = port
  }

  /// Takes the next piece of the text. The kernel ends every row with a line feed; a row without one is cut.
  mutating func feed(_ piece: ArraySlice<UInt8>) {
    for byte in piece {
      if byte == 0x0A {
        endLine()
      } else if line.count <= Self.lineLimit {
        line.append(byte)
      }
    }
  }

  private mutating func endLine() {
    defer { line.removeAll(keepingCapacity: true) }
    guard line.count <= Self.lineLimit, let entry = parse(line) else { return }
    guard entry.localPort == port || entry.peerPort == port else { return }
    guard entries.count < Self.socketLimit else {
      isComplete = false
      return
    }
    // Two sockets can share both ends (SO_REUSEPORT); a repeated row has the same inode too.
    var key = entry
    key.receiveQueue = 0
    key.sendQueue = 0
    if entry.inode != 0 { key.state = .unconnected }
    if seen.insert(key).inserted { entries.append(entry) }
  }

  /// A row; nil for the heading and for what does not parse.
  private func parse(_ line: [UInt8]) -> SocketEntry? {
    let fields = line.split(separator: 0x20, maxSplits: 11)
    guard fields.count >= 10, fields[0].last == 0x3A, let local = end(fields[1]),
      let peer = end(fields[2]), let number = Self.hexadecimal(fields[3]),
      let state = SocketState(kernelNumber: UInt8(truncatingIfNeeded: number)),
      let queues = Self.pair(fields[4]), let user = Self.decimal(fields[7]),
      let inode = Self.decimal(fields[9])
    else { return nil }
    return SocketEntry(
      transport: transport, isIPv6: isIPv6, state: state, localAddress: local.address,
      localPort: local.port, peerAddress: peer.address, peerPort: peer.port,
      receiveQueue: queues.1, sendQueue: queues.0, user: user, inode: inode)
  }

  /// `ADDRESS:PORT` in hexadecimal.
  private func end(_ field: ArraySlice<UInt8>) -> SocketEndpoint? {
    let digits = isIPv6 ? 32 : 8
    guard field.count == digits + 5, let colon = field.firstIndex(of: 0x3A),
      colon - field.startIndex == digits, let port = Self.hexadecimal(field[(colon + 1)...])
    else { return nil }
    var address: [UInt8] = []
    for start in stride(from: field.startIndex, to: colon, by: 8) {
      guard let word = Self.hexadecimal(field[start..<(start + 8)]) else { return nil }
      address += KernelBytes.bytes(of: word)
    }
    return SocketEndpoint(address: address, port: UInt16(truncatingIfNeeded: port))
  }

  private static func pair(_ field: ArraySlice<UInt8>) -> (UInt32, UInt32)? {
    guard let colon = field.firstIndex(of: 0x3A), let first = hexadecimal(field[..<colon]),
      let second = hexadecimal(field[(colon + 1)...])
    else { return nil }
    return (first, second)
  }

  /// One to eight hexadecimal digits.
  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt32? {
    guard (1...8).contains(digits.count) else { return nil }
    var value: UInt32 = 0
    for digit in digits {
      switch digit {
      case 0x30...0x39: value = value << 4 | UInt32(digit - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(digit - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(digit - 0x57)
      default: return nil
      }
    }
    return value
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> UInt32? {
    Decimal.parse(digits).flatMap { UInt32(exactly: $0) }
  }
}
