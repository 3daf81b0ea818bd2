import Flows
import Packets

extension Recogniser {
  /// Dropbox's LAN sync discovery: a JSON object that tells host, version, port and name spaces, sent to everybody.
  static let dropboxLAN = Recogniser(
    name: "dropbox-lsp", title: "Dropbox LAN sync discovery",
    specification: "none published; the object as Wireshark's db-lsp notes describe it",
    transports: [.udp], basis: [.built, .corpus],
    read: { message, _ throws(Misfit) in
      let bytes = Array(message.bytes)
      let object: JSONObject
      switch JSONObject.read(bytes) {
      case .whole(let read, let end):
        guard bytes[end...].allSatisfy({ $0 == 0 || $0 == 10 }) else { throw .wrong }
        object = read
      case .cut(let read) where !message.isWhole: object = read
      default: throw .wrong
      }
      guard let host = object["host_int"], host.raw.asDecimal != nil || host.isLongNumber,
        let version = object["version"], version.raw.first == 0x5b,
        message.isWhole || object["displayname"] != nil
      else { throw .wrong }
      if message.isWhole {
        guard object["port"]?.raw.asDecimal.map({ (1...65_535).contains($0) }) == true,
          object["namespaces"]?.raw.first == 0x5b, object["displayname"]?.string != nil
        else { throw .wrong }
      }
      let numbers = version.raw.filter { (0x30...0x39).contains($0) || $0 == 0x2c }
      return Saying(
        isSufficient: true, isOneWay: true,
        facts: [
          Fact(.clientID, host.raw),
          Fact(.version, numbers.asText.split(separator: ",").joined(separator: ".")),
        ], what: "announcement")
    })
}

extension JSONObject.Value {
  /// Whether it is a number of more digits than an integer here holds.
  fileprivate var isLongNumber: Bool {
    (10...40).contains(raw.count) && raw.allSatisfy { (0x30...0x39).contains($0) }
  }
}
