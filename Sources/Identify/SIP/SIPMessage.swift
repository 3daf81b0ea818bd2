/// A SIP request or response (RFC 3261 section 7), read from bytes that nobody vouches for.
public struct SIPMessage: Hashable, Sendable {
  /// The first line.
  public enum Start: Hashable, Sendable {
    /// `Method SP Request-URI SP SIP/2.0` (section 7.1).
    case request(method: String, uri: String)
    /// `SIP/2.0 SP Status-Code SP Reason-Phrase` (section 7.2), the code 100 to 699.
    case response(status: Int, reason: String)
  }

  /// One header field; folded lines are joined by a blank.
  public struct Header: Hashable, Sendable {
    /// The name in lower case and in full, also where the message has the compact form (section 7.3.3).
    public let name: String
    /// The value without blanks around it.
    public let value: String
    /// Where the field starts, counted from the message's first byte.
    public let offset: Int
    /// Bytes of the field with its folded lines, without the last line's end.
    public let length: Int
  }

  /// Header fields that are kept of one message.
  public static let mostHeaders = 128
  /// Bytes of one header field, folded lines included.
  public static let longestField = 8_192

  /// The first line.
  public let start: Start
  /// The header fields in their order.
  public let headers: [Header]
  /// The captured body.
  public let body: [UInt8]
  /// Where the body starts, counted from the message's first byte.
  public let bodyOffset: Int
  /// Bytes of the message that are there: head and body.
  public let length: Int
  /// Whether the empty line behind the header fields is there.
  public let isHeadWhole: Bool
  /// Whether head and body are there to the last byte.
  public let isWhole: Bool

  /// The value of the first field of that lower-case name.
  public subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

  /// The method of a request; of a response the method in its CSeq.
  public var method: String? {
    if case .request(let method, _) = start { return method }
    return sequence?.method
  }

  /// The status code of a response; nil for a request.
  public var status: Int? {
    if case .response(let status, _) = start { return status }
    return nil
  }

  /// The Request-URI; nil for a response.
  public var uri: String? {
    if case .request(_, let uri) = start { return uri }
    return nil
  }

  /// Whether it is a request.
  public var isRequest: Bool { status == nil }

  /// The Call-ID (section 20.8).
  public var callID: String? { self["call-id"] }

  /// CSeq: a number and the request's method (section 20.16).
  public var sequence: (number: UInt32, method: String)? {
    guard let value = self["cseq"] else { return nil }
    let parts = value.split { $0 == " " || $0 == "\t" }
    guard parts.count == 2, let number = UInt32(parts[0]) else { return nil }
    return (number, String(parts[1]))
  }

  /// Where the fields of that name lie.
  public func place(of name: String) -> (offset: Int, length: Int)? {
    headers.first { $0.name == name }.map { ($0.offset, $0.length) }
  }
}
