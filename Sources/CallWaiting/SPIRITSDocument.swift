/// A SPIRITS event document that follows the schema of RFC 3910 section 9.
public struct SPIRITSDocument: Hashable, Sendable {
  /// One `Event` element.
  public struct Event: Hashable, Sendable {
    /// Whether the event belongs to a call or to a subscriber's profile.
    public enum Kind: String, Hashable, Sendable {
      /// Detection points of the intelligent network.
      case detectionPoint = "INDPs"
      /// Events of a mobile subscriber without a call.
      case userProfile = "userprof"
    }

    /// The `type` attribute.
    public let kind: Kind
    /// The `name` attribute: a detection point or a profile event.
    public let name: String
    /// Whether the network waits for an answer: mode `R`; `N` is the default.
    public let isRequest: Bool
    /// `CalledPartyNumber`.
    public internal(set) var called: String?
    /// `CallingPartyNumber`.
    public internal(set) var calling: String?
    /// `DialledDigits`.
    public internal(set) var dialled: String?
    /// `Cell-ID`.
    public internal(set) var cell: String?
    /// `Cause`: `Busy` or `Unreachable`.
    public internal(set) var cause: String?

    /// Whether the document gives at least one number.
    public var hasNumber: Bool {
      [called, calling, dialled].contains {
        $0?.utf8.contains { (0x30...0x39).contains($0) } ?? false
      }
    }
  }

  /// Why bytes are no such document.
  public enum Refusal: String, Error, Hashable, Sendable {
    /// More bytes than a body has here.
    case tooLong = "too-long"
    /// No well-formed XML, or it ends too early.
    case malformed
    /// A document type or an entity, which the protocol does not need.
    case documentType = "document-type"
    /// Elements inside elements, elements or attributes beyond the bounds.
    case bounds
    /// Well-formed, but against the schema.
    case schema
    /// The parser could not be made.
    case noParser = "no-parser"
  }

  /// The namespace of every element of the base schema.
  public static let namespace = "urn:ietf:params:xml:ns:spirits-1.0"
  /// The media type of a document (section 7.2).
  public static let mediaType = "application/spirits-event+xml"
  /// Detection points of calls (section 5.2); `TNA` is in the text and missing from the schema.
  public static let detectionPoints: Set<String> = [
    "OAA", "OCI", "OAI", "OA", "OTS", "ONA", "OCPB", "ORSF", "OMC", "OAB", "OD",
    "TA", "TNA", "TMC", "TAB", "TD", "TAA", "TFSA", "TB",
  ]
  /// Events without a call (section 6.1).
  public static let profileEvents: Set<String> = ["LUSV", "LUDV", "REG", "UNREGMS", "UNREGNTWK"]

  /// Bytes of a document.
  static let longest = 16_384
  /// Elements inside elements.
  static let deepest = 8
  /// Elements of a document.
  static let mostElements = 256
  /// Attributes of an element.
  static let mostAttributes = 16
  /// Bytes of a value.
  static let longestValue = 256

  /// The events, at least one.
  public let events: [Event]

  /// Loads what reads XML, for a process that can open no file later; false when it is not installed, so that no document
  /// can be read.
  public static func prepare() -> Bool { XMLParser.load() }

  /// Reads and checks a document.
  ///
  /// - Throws: `Refusal`.
  public init(_ bytes: [UInt8]) throws(Refusal) {
    guard bytes.count <= Self.longest else { throw .tooLong }
    let builder = SPIRITSBuilder()
    guard let parser = XMLParser(builder) else { throw .noParser }
    let isWellFormed = parser.parse(bytes)
    if let refusal = builder.refusal { throw refusal }
    guard isWellFormed else { throw .malformed }
    guard !builder.events.isEmpty else { throw .schema }
    events = builder.events
  }
}
