/// How much of archives may be read ahead at a time, over all inputs of a run.
///
/// What is counted is the same for a capture and for its records, so that both are put into the same order.
final class ReadAhead {
  /// Bytes that may be held.
  private var left = 256 * 1024 * 1024

  /// Whether more may be held.
  var hasRoom: Bool { left > 0 }

  /// Holds so many bytes.
  func take(_ bytes: Int) { left -= bytes }

  /// Holds so many bytes no more.
  func give(_ bytes: Int) { left += bytes }
}
