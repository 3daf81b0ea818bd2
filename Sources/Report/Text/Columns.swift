/// Rows of cells laid out under each other.
enum Columns {
  /// Each row as a line: every column but the last as wide as its widest cell; `right` names columns aligned right.
  static func lines(_ rows: [[String]], right: [Int] = []) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        if right.contains(column) { return space + row[column] }
        return column == row.count - 1 ? row[column] : row[column] + space
      }.joined(separator: "  ")
    }
  }

  /// The text with spaces up to a width.
  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
