import Flows
import Packets

/// What one side of a TCP stream says, read as TLS from its first byte.
struct TLSSpeech {
  /// What it turned out to be.
  enum Kind {
    /// No byte.
    case silent
    /// It fits so far, and more could decide.
    case undecided
    /// A client's first message.
    case client(ClientHello)
    /// A client's first message in the form of SSL 2.0.
    case oldClient(SSL2Hello)
    /// A server's first message, with its certificate if that is in clear.
    case server(ServerHello, Certificate?)
    /// A server's first message in the form of SSL 2.0.
    case oldServer(SSL2Hello)
    /// An alert in place of a first message.
    case alert(TLSAlert)
    /// Not TLS.
    case wrong
  }

  /// What it is.
  let kind: Kind
  /// Bytes that show it.
  let length: Int
  /// What it said was wrong after its first message, in clear; nil where it did not.
  let laterAlert: TLSAlert?

  /// Reads a side from its first byte.
  init(_ side: SideBytes) {
    (kind, length) = Self.read(side)
    switch kind {
    case .client, .server: laterAlert = Self.alert(in: side.bytes)
    default: laterAlert = nil
    }
  }

  /// The first alert in clear that tells of more than the end, in front of what is encrypted.
  private static func alert(in bytes: [UInt8]) -> TLSAlert? {
    for record in TLSRecords(bytes).records.dropFirst() {
      switch record.content {
      case .alert where record.isWhole:
        return TLSAlert(bytes[record.fragment]).flatMap { $0.isClosing ? nil : $0 }
      case .handshake: continue
      default: return nil
      }
    }
    return nil
  }

  private static func read(_ side: SideBytes) -> (Kind, Int) {
    let bytes = side.bytes
    guard !bytes.isEmpty else { return (.silent, 0) }
    if let hello = SSL2Hello(bytes) {
      return (
        hello.isServer ? .oldServer(hello) : .oldClient(hello), min(hello.length, bytes.count)
      )
    }
    let records = TLSRecords(bytes)
    guard let first = records.records.first else {
      let isOpen = records.wrongAt == nil || SSL2Hello.couldBegin(bytes)
      return (isOpen ? .undecided : .wrong, 0)
    }
    let shown = first.fragment.upperBound
    switch first.content {
    case .alert:
      if !first.isWhole { return (.undecided, 0) }
      return TLSAlert(bytes[first.fragment]).map { (.alert($0), shown) } ?? (.wrong, 0)
    case .handshake:
      let joined = records.handshake(in: bytes)
      return (hello(joined.bytes, isCut: joined.isCut), shown)
    default: return (.wrong, 0)
    }
  }

  /// The kind that the leading handshake messages give.
  private static func hello(_ bytes: [UInt8], isCut: Bool) -> Kind {
    var reader = Reader(bytes.span)
    guard let type = reader.uint8() else { return isCut ? .undecided : .wrong }
    guard type == 1 || type == 2 else { return .wrong }
    guard let count = reader.uint24() else { return isCut ? .undecided : .wrong }
    guard (38...65_536).contains(count) else { return .wrong }
    let isMissing = Int(count) > reader.remaining
    if isMissing, !isCut { return .wrong }
    guard let body = reader.copy(min(Int(count), reader.remaining)) else { return .wrong }
    if type == 1 {
      if let hello = ClientHello(body, isCut: isMissing) { return .client(hello) }
      return isMissing && couldBegin(body) ? .undecided : .wrong
    }
    if isMissing { return couldBegin(body) ? .undecided : .wrong }
    guard let hello = ServerHello(body) else { return .wrong }
    return .server(hello, certificate(behind: &reader))
  }

  /// Whether a cut hello is right as far as its version.
  private static func couldBegin(_ body: [UInt8]) -> Bool {
    body.first ?? 3 == 3 || body.first == 0x7f
  }

  /// The first certificate among the messages that follow a ServerHello.
  private static func certificate(behind reader: inout Reader) -> Certificate? {
    for _ in 0..<4 {
      guard let type = reader.uint8(), let count = reader.uint24(),
        let body = reader.copy(min(Int(count), reader.remaining))
      else { return nil }
      if type == 11 { return Certificate(message: body) }
    }
    return nil
  }
}
