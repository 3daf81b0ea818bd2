/// A recording of `captures/`.
struct Capture: Hashable, CustomStringConvertible, Sendable {
  /// From the package's folder: `captures/http/python.pcap`.
  let path: String

  /// Its folder: the application, or a class of recordings.
  var folder: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
  /// Its expected records.
  var golden: String { path.split(separator: ".").dropLast().joined(separator: ".") + ".json" }
  var description: String { path }

  /// Every recording.
  static let all: [Capture] = folders.flatMap { folder in
    Place.names(in: "\(Place.root)/captures/\(folder)")
      .filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") }
      .map { Capture(path: "captures/\(folder)/\($0)") }
  }

  /// The folders of recordings.
  static let folders = Place.names(in: Place.root + "/captures").filter {
    !Place.isFile("\(Place.root)/captures/\($0)")
  }

  /// What `icwscan analyze --json` writes of it.
  func records() throws -> [JSONText] {
    try JSONText.records(try Command.icwscan("analyze", "--json", path).output)
  }
}
