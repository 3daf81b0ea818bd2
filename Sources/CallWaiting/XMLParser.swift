import CExpat

/// What an XML parser tells of a document; the names of a namespace come as `URI LF local name`.
protocol XMLReceiver: AnyObject {
  /// An element begins. Returns false to stop.
  func begin(_ name: String, _ attributes: [(name: String, value: String)]) -> Bool
  /// An element ends. Returns false to stop.
  func end() -> Bool
  /// Text; comes in pieces. Returns false to stop.
  func text(_ text: String) -> Bool
  /// A document type declaration or an entity was met; the parser stops.
  func refusedDeclaration()
}

/// Expat for one small, untrusted document: no document types, no entities, no external anything.
@safe struct XMLParser: ~Copyable {
  private let parser: OpaquePointer
  private let link: Link

  /// What the callbacks reach through the user data.
  @safe private final class Link {
    let receiver: any XMLReceiver
    let parser: OpaquePointer

    init(_ receiver: any XMLReceiver, _ parser: OpaquePointer) {
      self.receiver = receiver
      unsafe self.parser = parser
    }

    func stop() { unsafe _ = XML_StopParser(parser, 0) }

    static func of(_ data: UnsafeMutableRawPointer?) -> Link? {
      unsafe data.map { unsafe Unmanaged<Link>.fromOpaque($0).takeUnretainedValue() }
    }
  }

  /// Loads expat; false when there is none.
  static func load() -> Bool { cexpat_load() != 0 }

  /// A parser that tells `receiver`; nil without memory or without expat. The corresponding C function is `XML_ParserCreateNS`.
  init?(_ receiver: any XMLReceiver) {
    guard let parser = unsafe XML_ParserCreateNS(nil, 10) else { return nil }
    unsafe self.parser = parser
    unsafe link = Link(receiver, parser)
    // The link outlives the parser: both are members, and deinit frees the parser first.
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(link).toOpaque())
    unsafe XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER)
    // Entities are refused when they are declared; these bound what a future library might expand before that.
    unsafe _ = XML_SetBillionLaughsAttackProtectionMaximumAmplification(parser, 2)
    unsafe _ = XML_SetBillionLaughsAttackProtectionActivationThreshold(parser, 65_536)
    unsafe setElements(parser)
    unsafe setDeclarations(parser)
  }

  private func setElements(_ parser: OpaquePointer) {
    unsafe XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let link = unsafe Link.of(data), let name = unsafe name else { return }
        var list: [(name: String, value: String)] = []
        if var next = unsafe attributes {
          while let name = unsafe next.pointee, let value = unsafe next.successor().pointee {
            unsafe list.append((String(cString: name), String(cString: value)))
            if list.count > SPIRITSDocument.mostAttributes { break }
            unsafe next = next.advanced(by: 2)
          }
        }
        if unsafe !link.receiver.begin(String(cString: name), list) { link.stop() }
      },
      { data, _ in
        guard let link = unsafe Link.of(data) else { return }
        if !link.receiver.end() { link.stop() }
      })
    unsafe XML_SetCharacterDataHandler(
      parser,
      { data, bytes, count in
        guard let link = unsafe Link.of(data), let bytes = unsafe bytes, count > 0 else { return }
        let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
        if unsafe !link.receiver.text(String(decoding: buffer, as: UTF8.self)) { link.stop() }
      })
  }

  private func setDeclarations(_ parser: OpaquePointer) {
    unsafe XML_SetStartDoctypeDeclHandler(
      parser,
      { data, _, _, _, _ in
        guard let link = unsafe Link.of(data) else { return }
        link.receiver.refusedDeclaration()
        link.stop()
      })
    unsafe XML_SetEntityDeclHandler(
      parser,
      { data, _, _, _, _, _, _, _, _ in
        guard let link = unsafe Link.of(data) else { return }
        link.receiver.refusedDeclaration()
        link.stop()
      })
  }

  /// Reads the whole document; false when it is not well-formed or was stopped. The corresponding C function is
  /// `XML_Parse`.
  func parse(_ bytes: [UInt8]) -> Bool {
    guard let count = Int32(exactly: bytes.count) else { return false }
    return unsafe bytes.withUnsafeBytes { buffer in
      unsafe XML_Parse(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), count, 1)
        == XML_STATUS_OK
    }
  }

  deinit { unsafe XML_ParserFree(parser) }
}
