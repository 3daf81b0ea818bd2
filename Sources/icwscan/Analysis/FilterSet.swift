import ArgumentParser
import Captures
import Report

/// The user's filter, compiled once a link type: an expression means other offsets on each.
struct FilterSet {
  /// The expression; nil lets everything through.
  let expression: String?
  private var compiled: [Int32: UserFilter] = [:]

  /// Filters for an expression; nil lets everything through.
  init(_ expression: String?) { self.expression = expression }

  /// Refuses an expression that is not valid on Ethernet, before any input is touched.
  ///
  /// - Parameter hint: What the user may have meant instead.
  /// - Throws: `ValidationError` with libpcap's message; `CaptureError` where there is no libpcap.
  static func check(
    _ expression: String?, first: @autoclosure () -> String = "",
    hint: @autoclosure () -> String = ""
  ) throws {
    guard let expression else { return }
    do {
      _ = try UserFilter(expression, linkType: 1)
    } catch {
      if case .noLibrary = error.failure { throw error }
      throw ValidationError(
        "\(first())bad filter '\(Escaped.text(expression))': \(Escaped.text(error.message ?? "not understood")) (see pcap-filter(7))\(hint())"
      )
    }
  }

  /// The filter for a link type; nil when everything passes.
  ///
  /// - Throws: `CaptureError` when the expression means nothing on that link type.
  mutating func filter(linkType: Int32) throws(CaptureError) -> UserFilter? {
    guard let expression else { return nil }
    if let known = compiled[linkType] { return known }
    let filter = try UserFilter(expression, linkType: linkType)
    compiled[linkType] = filter
    return filter
  }
}
