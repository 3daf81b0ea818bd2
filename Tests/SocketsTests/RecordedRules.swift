import CLinux

@testable import Sockets

/// What the kernel answered about rules: the datagrams of nf_tables' dumps by what was asked, and the entries of the
/// older
/// tables by version of IP, name and offsets of the hooks.
enum RecordedRules {
  /// Rules of nft with sets, maps and jumps.
  static let nft = read("nft-1.0.6")
  /// Rules in the shape of kube-proxy's nftables mode.
  static let kube = read("nft-1.0.6-kube-proxy")
  /// Rules in the shape of Docker's, by iptables-nft, iptables-legacy, and the like of ip6tables-legacy.
  static let docker = read("iptables-nft-1.8.9-docker")
  static let legacy = read("iptables-legacy-1.8.9-docker")
  static let legacy6 = read("ip6tables-legacy-1.8.9")

  /// A file that Tests/record-rules made: what was asked, and below it the bytes.
  private static func read(_ name: String) -> [String: [UInt8]] {
    let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let file = try? Descriptor("/\(folder)/Recordings/\(name).txt")
    let text = String(decoding: (try? file?.contents(limit: 1 << 20)) ?? [], as: UTF8.self)
    var found: [String: [UInt8]] = [:]
    var key = ""
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix(" ") {
        found[key, default: []] += hex(String(line))
      } else {
        key = String(line)
        found[key] = []
      }
    }
    return found
  }

  /// The older tables of a recording.
  static func images(_ recording: [String: [UInt8]]) -> LegacyTables.Result {
    var result = LegacyTables.Result(images: [], state: .read)
    for (key, bytes) in recording.sorted(by: { $0.key < $1.key }) {
      let words = key.split(separator: " ")
      result.images.append(
        LegacyTables.Image(
          name: String(words[1]), isIPv6: words[0] == "6",
          hooks: words.dropFirst(2).map { Int($0) },
          bytes: bytes))
    }
    return result
  }
}

/// A kernel that answers about rules as another one did.
struct ReplayChannel: NetlinkChannel, ~Copyable {
  let recording: [String: [UInt8]]
  private var answer: [UInt8]?
  private var sequence: [UInt8] = []

  init(_ recording: [String: [UInt8]]) { self.recording = recording }

  mutating func send(_ request: [UInt8]) throws(NetlinkError) {
    sequence = Array(request[8..<12])
    var names: [String] = []
    for attribute in NetlinkAttributes(request, from: 20) {
      names.append(String(decoding: attribute.value.dropLast(), as: UTF8.self))
    }
    let kinds: [UInt8: String] = [1: "tables", 4: "chains", 7: "rules", 10: "sets", 13: "elements"]
    var words = [kinds[request[4]] ?? "?"]
    if !names.isEmpty { words += ["\(request[16])"] + names }
    answer = recording[words.joined(separator: " ")]
  }

  /// All messages at once, with the number of the request.
  mutating func receive() throws(NetlinkError) -> [UInt8] {
    guard var bytes = answer else { throw .silent }
    answer = nil
    var offset = 0
    while offset + 16 <= bytes.count {
      bytes.replaceSubrange((offset + 8)..<(offset + 12), with: sequence)
      let length = Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
      guard length >= 16 else { break }
      offset += (length + 3) & ~3
    }
    return bytes
  }
}
