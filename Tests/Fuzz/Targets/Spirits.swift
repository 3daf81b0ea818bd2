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
      Array("<a xmlns='urn:ietf:params:xml:ns:spirits-1.0'><a><a><a/></a></a></a>".utf8),
    ]
  } run: { bytes in
    guard let document = try? SPIRITSDocument(bytes) else { return }
    demand(
      !bytes.indices.contains { bytes[$0...].starts(with: "<!ENTITY".utf8) },
      "no document with an entity is read")
    demand(!document.events.isEmpty, "a document has an event")
    demand(document.events.count <= SPIRITSDocument.mostElements, "elements are bounded")
    for event in document.events {
      for value in [event.called, event.calling, event.dialled, event.cell, event.cause] {
        demand(
          (value?.utf8.count ?? 0) <= SPIRITSDocument.longestValue, "values are bounded")
      }
    }
  }
}
