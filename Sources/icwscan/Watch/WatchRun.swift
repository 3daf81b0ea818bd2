import Glibc
import Packets
import Report
import Sockets

/// `owner --watch`: looks at the port and tells what changed, until a signal or a closed pipe ends it. One thread that
/// waits for the kernel's reports, for signals and for the next look.
struct WatchRun: ~Copyable {
  /// Between two words about what may have been missed, in nanoseconds.
  private static let lossPause: UInt64 = 10_000_000_000

  private let port: UInt16
  private let watch: PortWatch
  private let signals = Signals()
  private var schedule = LookSchedule()
  private var looks = 0
  private var sockets = 0
  private var lacksRights = false
  private var nextLossReport: UInt64 = 0
  /// Whether the last look failed: said once, not at every look.
  private var isBlind = false

  /// A watch over a port; `options` say what a look tells of each process.
  init(port: UInt16, options: SurveyOptions) {
    self.port = port
    watch = PortWatch(port: port, options: options)
  }

  /// Watches; the status is 0 when something ever was on the port, 1 when nothing was, 3 when the owner of some of it
  /// could not be seen for lack of a right.
  mutating func run(_ reporter: inout Reporter) throws -> ExitStatus {
    try look(&reporter)
    if isBlind { return .partial }
    Diagnostics.say("watching port \(port)\(hearing); Ctrl-C ends")
    while true {
      guard wait() else { return .found }
      while let request = signals.next() {
        switch request {
        // There is no file to open anew: a terminal that went away ends the watch.
        case .end, .reopen: return status
        case .counters:
          Diagnostics.say("\(looks) looks at port \(port), \(sockets) sockets seen")
        case .flush, .resized, .continued: break
        }
      }
      watch.hear()
      if Self.now >= schedule.next(isDisturbed: watch.isDisturbed) { try look(&reporter) }
    }
  }

  /// What is not heard, and what that means.
  private var hearing: String {
    switch (watch.hearsEnds, watch.hearsProcesses) {
    case (true, true): ""
    case (true, false):
      ", without the kernel's reports of processes: a new holder is seen within a second"
    case (false, true), (false, false):
      ", by looks alone: what lasts less than a second can stay unseen"
    }
  }

  private var status: ExitStatus {
    lacksRights ? .notPermitted : sockets > 0 ? .found : .nothing
  }

  private mutating func look(_ reporter: inout Reporter) throws {
    let began = Self.now
    let changes: [SocketChange]
    do {
      changes = try watch.look()
      isBlind = false
    } catch {
      if !isBlind {
        try reporter.error(ErrorRecord(.socketsUnknown, message: "\(error)", time: Clock.now))
      }
      isBlind = true
      schedule.note(began: began, ended: Self.now)
      return
    }
    let time = Clock.now
    looks += 1
    for change in changes {
      try reporter.change(SocketRecord(change: change, port: port, time: time))
      if change.kind == .present || change.kind == .appeared || change.livedBetweenLooks {
        sockets += 1
      }
      if change.owned.holders.isEmpty, change.owned.missing?.isLackOfRight == true {
        lacksRights = true
      }
    }
    if began >= nextLossReport, watch.takeLoss() {
      try reporter.error(ErrorRecord(.eventsLost, time: time))
      nextLossReport = began &+ Self.lossPause
    }
    try reporter.flush()
    schedule.note(began: began, ended: Self.now)
  }

  /// Waits for reports, signals or the next look; false when nobody reads what is written any more.
  private func wait() -> Bool {
    var requests = watch.descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    requests.append(pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0))
    // Nothing is asked of it: an error is told anyway, and is how a pipe says that its reader left.
    requests.append(pollfd(fd: STDOUT_FILENO, events: 0, revents: 0))
    let now = Self.now
    let next = schedule.next(isDisturbed: watch.isDisturbed)
    let left = next > now ? (next - now + 999_999) / 1_000_000 : 0
    _ = unsafe poll(&requests, UInt(requests.count), Int32(min(left, 60_000)))
    return requests[requests.count - 1].revents & Int16(POLLERR | POLLHUP | POLLNVAL) == 0
  }

  private static var now: UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(max(0, time.tv_sec)) &* 1_000_000_000 &+ UInt64(max(0, time.tv_nsec))
  }
}
