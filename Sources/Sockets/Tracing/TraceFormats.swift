/// What the kernel's events look like, read from tracefs.
struct TraceFormats {
  /// An event of the port.
  struct Port {
    /// Its folder below `events`.
    var path: String
    /// Its fields.
    var format: PortEventFormat
    /// Which of them, for a port.
    var filter: (UInt16) -> String
  }

  /// An event of tasks.
  struct Task {
    /// Its folder below `events`.
    var path: String
    /// Its fields.
    var format: TaskEventFormat
  }

  private static let fileLimit = 65_536
  private static let state = "sock/inet_sock_set_state"

  /// How pages are laid out; nil when that is not known.
  let layout: RingLayout?
  /// What every event begins with; nil when that is not known.
  let common: CommonFields?
  /// The events of the port that the kernel has; none without the one for TCP.
  private(set) var port: [Port] = []
  /// The events of tasks that the kernel has.
  private(set) var tasks: [Task] = []

  /// Reads the files below an open tracefs.
  init(in root: borrowing Descriptor) {
    let page = try? root.contents(of: "events/header_page", limit: Self.fileLimit)
    let header = try? root.contents(of: "events/header_event", limit: Self.fileLimit)
    layout = page.flatMap { page in header.flatMap { RingLayout(page: page, event: $0) } }
    let states = Self.format(Self.state, in: root)
    common = states.flatMap { CommonFields($0) }
    guard let states, let format = PortEventFormat(state: states) else { return }
    port = [Port(path: Self.state, format: format) { Self.stateFilter($0) }]
    for (path, isIPv6) in [("fib/fib_table_lookup", false), ("fib6/fib6_table_lookup", true)] {
      guard
        let format = Self.format(path, in: root).flatMap({
          PortEventFormat(route: $0, isIPv6: isIPv6)
        })
      else { continue }
      port.append(Port(path: path, format: format) { Self.routeFilter($0) })
    }
    for path in ["task/task_newtask", "sched/sched_process_exec", "sched/sched_process_exit"] {
      guard let format = Self.format(path, in: root).flatMap({ TaskEventFormat($0) }) else {
        continue
      }
      tasks.append(Task(path: path, format: format))
    }
  }

  private static func format(_ path: String, in root: borrowing Descriptor) -> EventFormat? {
    (try? root.contents(of: "events/\(path)/format", limit: fileLimit))
      .flatMap { EventFormat($0) }
  }

  /// A connection begins (its own port is still 0), gets its port, ends; a listener begins.
  private static func stateFilter(_ port: UInt16) -> String {
    let begins = "newstate == \(PortEvent.synSent) || oldstate == \(PortEvent.synSent)"
    let ends = "newstate == \(PortEvent.closed)"
    return "(dport == \(port) && (\(begins) || \(ends))) || "
      + "(sport == \(port) && (\(begins) || \(ends) || newstate == \(PortEvent.listening)))"
  }

  /// Datagrams to the port by whoever runs: in an interrupt somebody else's are answered or passed on.
  private static func routeFilter(_ port: UInt16) -> String {
    "dport == \(port) && sport != 0 && proto == 17 && !(common_flags & \(CommonFields.interrupts))"
  }
}
