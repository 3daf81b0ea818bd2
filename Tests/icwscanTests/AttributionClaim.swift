import FoundationEssentials
import Testing

/// What the README's table says of one kind of clients in one place ("Who opened it").
struct AttributionClaim {
  /// Percent of them that are named.
  let named: Int
  /// How many are named wrong.
  let wrong: Int

  /// Reads the row of a kind and the column of a place.
  init(_ kind: String, in place: BriefSwarm.Place) throws {
    let text = try String(contentsOf: URL(filePath: Place.root + "/README.md"), encoding: .utf8)
    let titles = [
      "tcp": "TCP, gone after", "udp-linger": "UDP, socket kept", "udp": "UDP, gone at once",
    ]
    let title = "| " + (titles[kind] ?? "none")
    let row = try #require(text.split(separator: "\n").first { $0.hasPrefix(title) })
    let cells = row.split(separator: "|").map { $0.split(separator: " ").first ?? "" }
    let column = try #require(BriefSwarm.Place.allCases.firstIndex(of: place)) + 1
    try #require(cells.count == 5)
    named = try #require(Int(cells[column]))
    wrong = try #require(Int(cells[4]))
  }
}
