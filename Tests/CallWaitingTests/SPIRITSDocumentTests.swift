import Testing

@testable import CallWaiting

@Suite struct SPIRITSDocumentTests {
  static func wrapped(_ inside: String, attributes: String = "type=\"INDPs\" name=\"TB\"")
    -> [UInt8]
  {
    Array(
      "<spirits-event xmlns=\"urn:ietf:params:xml:ns:spirits-1.0\"><Event \(attributes)>\(inside)</Event></spirits-event>"
        .utf8)
  }

  static func refusal(of bytes: [UInt8]) -> SPIRITSDocument.Refusal? {
    do throws(SPIRITSDocument.Refusal) {
      _ = try SPIRITSDocument(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test func `the example of the RFC gives its event with both numbers`() throws {
    let document = try SPIRITSDocument(Array(SPIRITSDialog.fired.utf8))
    let event = try #require(document.events.first)
    #expect(document.events.count == 1)
    #expect(event.name == "TAA")
    #expect(event.kind == .detectionPoint)
    #expect(!event.isRequest)
    #expect(event.called == "6302240216")
    #expect(event.calling == "3125551212")
    #expect(event.hasNumber)
  }

  @Test func `every child is read in the order of the schema`() throws {
    let children = """
      <CalledPartyNumber> 020 </CalledPartyNumber><CallingPartyNumber>030</CallingPartyNumber>\
      <DialledDigits>112</DialledDigits><Cell-ID>c7</Cell-ID><Cause>Unreachable</Cause>
      """
    let event = try #require(try SPIRITSDocument(Self.wrapped(children)).events.first)
    #expect(event.called == "020")
    #expect(event.dialled == "112")
    #expect(event.cell == "c7")
    #expect(event.cause == "Unreachable")
  }

  @Test(arguments: SPIRITSDocument.detectionPoints.sorted())
  func `every detection point is known, TNA of the text too`(name: String) {
    #expect(
      Self.refusal(of: Self.wrapped("", attributes: "type=\"INDPs\" name=\"\(name)\"")) == nil)
  }

  @Test(arguments: SPIRITSDocument.profileEvents.sorted())
  func `every profile event is known and is no detection point`(name: String) {
    #expect(
      Self.refusal(of: Self.wrapped("", attributes: "type=\"userprof\" name=\"\(name)\"")) == nil)
    #expect(
      Self.refusal(of: Self.wrapped("", attributes: "type=\"INDPs\" name=\"\(name)\"")) == .schema)
  }

  @Test(
    arguments: [
      "name=\"TB\"", "type=\"INDPs\"", "type=\"indps\" name=\"TB\"", "type=\"INDPs\" name=\"XX\"",
      "type=\"INDPs\" name=\"TB\" mode=\"Q\"", "type=\"INDPs\" name=\"TB\" other=\"1\"",
    ])
  func `attributes against the schema are refused`(attributes: String) {
    #expect(Self.refusal(of: Self.wrapped("", attributes: attributes)) == .schema)
  }

  @Test(
    arguments: [
      "<CallingPartyNumber>1</CallingPartyNumber><CalledPartyNumber>2</CalledPartyNumber>",
      "<CalledPartyNumber>1</CalledPartyNumber><CalledPartyNumber>2</CalledPartyNumber>",
      "<Cause>Idle</Cause>", "<Number>1</Number>", "text", "<Event type=\"INDPs\" name=\"TB\"/>",
      "<x:a xmlns:x=\"urn:x\"/>", "<CalledPartyNumber n=\"1\">2</CalledPartyNumber>",
      "<CalledPartyNumber><b/></CalledPartyNumber>",
    ])
  func `content against the schema is refused`(inside: String) {
    #expect(Self.refusal(of: Self.wrapped(inside)) == .schema)
  }

  @Test(
    arguments: [
      "<spirits-event><Event type=\"INDPs\" name=\"TB\"/></spirits-event>",
      "<Event xmlns=\"urn:ietf:params:xml:ns:spirits-1.0\" type=\"INDPs\" name=\"TB\"/>",
      "<spirits-event xmlns=\"urn:ietf:params:xml:ns:spirits-1.0\"/>",
      "<spirits-event xmlns=\"urn:ietf:params:xml:ns:spirits-2.0\"><Event type=\"INDPs\" name=\"TB\"/></spirits-event>",
      "<spirits-event xmlns=\"urn:ietf:params:xml:ns:spirits-1.0\" a=\"1\"><Event type=\"INDPs\" name=\"TB\"/></spirits-event>",
    ])
  func `another root or namespace, or no event, is refused`(text: String) {
    #expect(Self.refusal(of: Array(text.utf8)) == .schema)
  }

  @Test func `elements of a later namespace may follow the events`() {
    let text = """
      <s:spirits-event xmlns:s="urn:ietf:params:xml:ns:spirits-1.0"><s:Event type="INDPs" name="TB"/>\
      <x:more xmlns:x="urn:example:more" a="1">text<x:inner/></x:more></s:spirits-event>
      """
    #expect(Self.refusal(of: Array(text.utf8)) == nil)
  }

  @Test func `a document type is refused, and with it every entity`() {
    var laughs = "<!DOCTYPE spirits-event [<!ENTITY a \"aaaaaaaaaa\">"
    for index in 0..<10 { laughs += "<!ENTITY a\(index) \"&a;&a;&a;&a;&a;&a;&a;&a;\">" }
    let body = String(
      decoding: Self.wrapped("<CalledPartyNumber>&a9;</CalledPartyNumber>"), as: UTF8.self)
    #expect(Self.refusal(of: Array((laughs + "]>" + body).utf8)) == .documentType)
    let outside = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" + body
    #expect(Self.refusal(of: Array(outside.utf8)) == .documentType)
  }

  @Test func `an undeclared entity is malformed`() {
    #expect(
      Self.refusal(of: Self.wrapped("<CalledPartyNumber>&x;</CalledPartyNumber>")) == .malformed)
  }

  @Test func `depth, elements, attributes, values and length are bounded`() {
    let deep = String(repeating: "<x:a>", count: 2_000)
    let head =
      "<spirits-event xmlns=\"urn:ietf:params:xml:ns:spirits-1.0\" xmlns:x=\"urn:x\"><Event type=\"INDPs\" name=\"TB\"/>"
    #expect(Self.refusal(of: Array((head + deep).utf8)) == .bounds)
    let many = String(repeating: "<x:a/>", count: 300) + "</spirits-event>"
    #expect(Self.refusal(of: Array((head + many).utf8)) == .bounds)
    let attributes = (0..<40).map { " a\($0)=\"1\"" }.joined()
    #expect(Self.refusal(of: Array((head + "<x:a\(attributes)/></spirits-event>").utf8)) == .bounds)
    let value = String(repeating: "1", count: 400)
    #expect(
      Self.refusal(of: Self.wrapped("<CalledPartyNumber>\(value)</CalledPartyNumber>")) == .bounds)
    #expect(Self.refusal(of: [UInt8](repeating: 0x20, count: 20_000)) == .tooLong)
  }

  @Test func `no cut of a good document is one`() {
    let good = Array(SPIRITSDialog.fired.utf8)
    for count in 0..<good.count {
      #expect(Self.refusal(of: Array(good[..<count])) != nil, "cut at \(count)")
    }
  }

  @Test func `no changed byte makes a crash`() {
    let good = Array(SPIRITSDialog.busy.utf8)
    var sound = 0
    for index in good.indices {
      for byte: UInt8 in [0, 0x20, 0x26, 0x3c, 0x3e, 0x80, 0xff] {
        var bent = good
        bent[index] = byte
        if Self.refusal(of: bent) == nil { sound += 1 }
      }
    }
    #expect(sound < good.count * 7)
  }
}
