/// How the command ended, for scripts. Where several apply, the worst wins (`max` by `precedence`).
enum ExitStatus: Int32, Sendable {
  /// Done; there is something on the port.
  case found = 0
  /// Done; nothing is on the port.
  case nothing = 1
  /// Wrong usage, a bad filter, or no input could be read.
  case usage = 2
  /// Not permitted; what could be seen without the right was printed.
  case notPermitted = 3
  /// An input was damaged or unreadable, or the analysis was interrupted.
  case partial = 4
  /// `--fail-on` matched.
  case failedOn = 5
  /// A fault of the program itself.
  case `internal` = 70

  /// The first that applies: 70, 2, 5, 4, 3, then 0 or 1.
  private static let order: [ExitStatus] = [
    .internal, .usage, .failedOn, .partial, .notPermitted, .found, .nothing,
  ]

  /// The status that wins among those that apply.
  static func first(of statuses: [ExitStatus]) -> ExitStatus {
    order.first(where: statuses.contains) ?? .nothing
  }
}
