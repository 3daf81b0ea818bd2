import Packets

/// Where a capture time lies in the life of KPN's service.
enum CapturePeriod {
  /// Before IANA's row of February 2003, or a clock that was never set.
  case before
  /// 2003-02-01 to 2010-12-31: dial-up had users.
  case era
  /// 2011-01-01 to 2021-10-01: the last dial-in number still answered.
  case late
  /// After 2021-10-01, when KPN had closed it.
  case after

  /// 2003-02-01T00:00:00Z, the month of the registration.
  static let registered = Timestamp(seconds: 1_044_057_600, nanoseconds: 0)
  /// 2011-01-01T00:00:00Z: KPN says that users were essentially none by 2010.
  static let usersGone = Timestamp(seconds: 1_293_840_000, nanoseconds: 0)
  /// 2021-10-02T00:00:00Z, the day after the last dial-in number was closed.
  static let closed = Timestamp(seconds: 1_633_132_800, nanoseconds: 0)

  /// The period of a moment.
  init(of time: Timestamp) {
    if time < Self.registered {
      self = .before
    } else if time < Self.usersGone {
      self = .era
    } else {
      self = time < Self.closed ? .late : .after
    }
  }

  /// Whether the genuine service can have run.
  var couldBeGenuine: Bool { self == .era || self == .late }
}
