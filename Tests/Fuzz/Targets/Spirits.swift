@testable import CallWaiting
@testable import Flows

extension FuzzTarget {
  /// SPIRITS documents: XML from strangers. What is read is within its bounds, and neither entities nor document types are.
  static let spirits = FuzzTarget(name: "spirits", longest: 20_000) {
    Recordings.conversations("icw").flatMap { talk in
      [talk.client.bytes, talk.server.bytes].flatMap { bytes in
        bytes.indices.filter { bytes[$0...].starts(with: "<?xml".utf8) }.map { start in
          let end = bytes[start...].indices.first {
            bytes[$0...].starts(with: "</spirits-event>".utf8)
          }
          return Array(bytes[start..<(end.map { $0 + 16 } ?? bytes.count)])
        }
      }
    } + [
      Array("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".utf8),
      Array("<?x <!ENTITY b \"c\"> ?><!-- <!DOCTYPE a> --><a/>".utf8),
      Array("<a xmlns='urn:ietf:params:xml:ns:spirits-1.0'><a><a><a/></a></a></a>".utf8),
    ]
  } run: { bytes in
    guard let document = try? SPIRITSDocument(bytes) else { return }
    let markup = markup(of: bytes)
    demand(
      !markup.indices.contains {
        markup[$0...].starts(with: "<!ENTITY".utf8) || markup[$0...].starts(with: "<!DOCTYPE".utf8)
      },
      "no document with an entity or a type is read")
    demand(!document.events.isEmpty, "a document has an event")
    demand(document.events.count <= SPIRITSDocument.mostElements, "elements are bounded")
    for event in document.events {
      for value in [event.called, event.calling, event.dialled, event.cell, event.cause] {
        demand(
          (value?.utf8.count ?? 0) <= SPIRITSDocument.longestValue, "values are bounded")
      }
    }
  }

  /// A document without what may hold any text: instructions, comments and literal sections.
  private static func markup(of bytes: [UInt8]) -> [UInt8] {
    let literal = [("<?", "?>"), ("<!--", "-->"), ("<![CDATA[", "]]>")]
    var markup: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.first {
      if let (begin, end) = literal.first(where: { rest.starts(with: $0.0.utf8) }) {
        rest = rest.dropFirst(begin.utf8.count)
        while !rest.isEmpty, !rest.starts(with: end.utf8) { rest = rest.dropFirst() }
        rest = rest.dropFirst(end.utf8.count)
      } else {
        markup.append(byte)
        rest = rest.dropFirst()
      }
    }
    return markup
  }
}
