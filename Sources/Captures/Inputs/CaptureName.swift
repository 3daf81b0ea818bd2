/// What a file's name says of it. Content alone decides what is read; a name decides whether what turns out to be no capture is
/// told of, where nobody named it: in folders and archives.
public enum CaptureName {
  private static let endings = ["pcap", "pcapng", "cap", "ntar", "snoop"]
  private static let compressions = ["gz", "zst", "xz", "bz2", "lz4", "lz", "z"]

  /// Whether a path ends as those of captures do, also compressed (`a.pcap.gz`) or one of a series (`a.pcap12`).
  public static func isOne(_ path: some Sequence<UInt8>) -> Bool {
    let name = Array(path).split(separator: UInt8(ascii: "/")).last ?? []
    var words = name.split(separator: UInt8(ascii: ".")).dropFirst().map {
      String(decoding: $0, as: UTF8.self).lowercased()
    }
    if let last = words.last, compressions.contains(last) { words.removeLast() }
    guard let last = words.last else { return false }
    return endings.contains { ending in
      last.hasPrefix(ending)
        && last.utf8.dropFirst(ending.utf8.count).allSatisfy { (48...57).contains($0) }
    }
  }
}
