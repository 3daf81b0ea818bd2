/// Why a survey could not be taken at all.
public enum SurveyError: Error, Hashable, Sendable {
  /// Neither sock_diag nor /proc/net could be read; the two `errno` values.
  case noSocketTable(sockDiag: Int32, procNet: Int32)
}
