import ArgumentParser

/// How a report on one screen is written.
enum ReportFormat: String, CaseIterable {
  /// Markdown.
  case md

  /// The format of this name.
  ///
  /// - Throws: `ValidationError` for another one, which says where a page comes from: that is what others ask for here.
  init(word: String) throws {
    guard let format = Self(rawValue: word) else {
      throw ValidationError("the report is md (Markdown); a page for a browser is --html FILE")
    }
    self = format
  }
}
