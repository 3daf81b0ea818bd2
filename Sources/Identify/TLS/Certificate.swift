import Packets

/// Whom a server's certificate (RFC 5280 section 4.1) names and when it holds, read without judging it.
struct Certificate {
  /// The common name of the subject, or its organisation where there is none.
  let subject: [UInt8]?
  /// The same of the issuer.
  let issuer: [UInt8]?
  /// Whether subject and issuer have the same name: self-issued (RFC 5280 section 3.2), as what is self-signed is.
  let isSelfIssued: Bool
  /// From when to when it holds, as RFC 3339 writes it; nil where a time is cut or none.
  let validity: (from: String?, to: String?)

  /// Reads a DER certificate as far as its names; it may be cut behind them.
  init?(_ bytes: ArraySlice<UInt8>) {
    var outer = BasicEncoding(bytes)
    guard let certificate = outer.next(), certificate.tag == 0x30 else { return nil }
    var inner = certificate.elements
    guard let signed = inner.next(), signed.tag == 0x30 else { return nil }
    var fields = signed.elements
    guard var field = fields.next() else { return nil }
    if field.tag == 0xa0 {
      guard let serial = fields.next() else { return nil }
      field = serial
    }
    guard field.tag == 0x02, fields.next(0x30) != nil, let issuer = fields.next(0x30) else {
      return nil
    }
    self.issuer = Self.name(issuer)
    guard let period = fields.next(0x30) else {
      subject = nil
      isSelfIssued = false
      validity = (nil, nil)
      return
    }
    var times = period.elements
    validity = (times.next().flatMap(Self.time), times.next().flatMap(Self.time))
    guard let subject = fields.next(0x30) else {
      self.subject = nil
      isSelfIssued = false
      return
    }
    self.subject = Self.name(subject)
    isSelfIssued = !subject.content.isEmpty && subject.content == issuer.content
  }

  /// The first certificate of a Certificate message's body (RFC 5246 section 7.4.2).
  init?(message body: [UInt8]) {
    var reader = Reader(body.span)
    guard reader.uint24() != nil, let length = reader.uint24(), length > 0,
      let bytes = reader.copy(min(Int(length), reader.remaining))
    else { return nil }
    self.init(bytes[...])
  }

  /// What it tells a user.
  var facts: [Fact] {
    [
      subject.map { Fact(.certificateSubject, $0) }, issuer.map { Fact(.certificateIssuer, $0) },
      isSelfIssued ? Fact(.certificateSelfIssued, "yes") : nil,
      validity.from.map { Fact(.certificateNotBefore, $0) },
      validity.to.map { Fact(.certificateNotAfter, $0) },
      CertificateProduct.name(subject: subject?.asText ?? "", issuer: issuer?.asText ?? "")
        .map { Fact(.product, $0) },
    ]
    .compactMap(\.self)
  }

  private static func name(_ element: BasicEncoding.Element) -> [UInt8]? {
    var organisation: [UInt8]?
    var common: [UInt8]?
    for set in element.elements.prefix(32) {
      for attribute in set.elements.prefix(8) {
        var parts = attribute.elements
        guard let identifier = parts.next(0x06), let value = parts.next(), value.isWhole else {
          continue
        }
        // BMPString holds two octets a character; the others are read as they stand.
        let text =
          value.tag == 0x1e
          ? Array(String(decoding: Self.units(value.content), as: UTF16.self).utf8)
          : Array(value.content)
        switch Array(identifier.content) {
        case [0x55, 4, 3]: common = text
        case [0x55, 4, 10]: organisation = text
        default: break
        }
      }
    }
    return common ?? organisation
  }

  /// A time in Coordinated Universal Time, to the second (RFC 5280 section 4.1.2.5): UTCTime with two digits of the year,
  /// which mean 1950 to 2049, or GeneralizedTime with four.
  private static func time(_ element: BasicEncoding.Element) -> String? {
    var digits = Array(element.content)
    guard element.isWhole, digits.popLast() == UInt8(ascii: "Z"),
      digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    switch (element.tag, digits.count) {
    case (0x17, 12): digits = Array((digits[0] >= 0x35 ? "19" : "20").utf8) + digits
    case (0x18, 14): break
    default: return nil
    }
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    guard ("01"..."12").contains(part(4..<6)), ("01"..."31").contains(part(6..<8)),
      ("00"..."23").contains(part(8..<10)), ("00"..."59").contains(part(10..<12)),
      ("00"..."60").contains(part(12..<14))
    else { return nil }
    return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
      + "T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
  }

  private static func units(_ bytes: ArraySlice<UInt8>) -> [UInt16] {
    zip(
      bytes.enumerated().filter { $0.offset % 2 == 0 },
      bytes.enumerated().filter { $0.offset % 2 == 1 }
    )
    .map { UInt16($0.element) << 8 | UInt16($1.element) }
  }
}
