import ArgumentParser

/// How a report on one screen is written.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  /// Markdown.
  case md
}
