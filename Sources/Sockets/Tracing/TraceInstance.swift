import CLinux
import Glibc

/// A ring of trace events of one's own, a directory below `instances` in tracefs: its events, filters and clock concern
/// nobody else. It goes with this object.
final class TraceInstance {
  /// An event that the ring takes up.
  struct Event {
    /// Its folder below `events`.
    var path: String
    /// Which of them, in the language of Documentation/trace/events.rst; nil for all.
    var filter: String?
  }

  /// What all names begin with; the maker's number and start follow.
  static let prefix = "icwscan-"
  private static let mostOfOneMaker = 64

  private let instances: Descriptor
  private let directory: Descriptor
  private let name: String
  /// Switches the ring on and off: opened while there is a right to.
  private var toggle: Descriptor?
  /// One reader a processor.
  private(set) var rings: [TraceRing] = []
  private var isRemoved = false

  /// Makes the ring and begins to record.
  ///
  /// - Parameters:
  ///   - purpose: tells the instances of one maker apart.
  ///   - kibibytes: the ring's size for each processor.
  init(
    in root: borrowing Descriptor, maker: ProcessKeyText, purpose: String, kibibytes: Int,
    events: [Event], layout: RingLayout
  ) throws(SystemError) {
    instances = try Descriptor("instances", in: root.number, flags: O_RDONLY | O_DIRECTORY)
    name = try Self.make(in: instances.number, "\(Self.prefix)\(maker.text)-\(purpose)")
    do throws(SystemError) {
      directory = try Descriptor(name, in: instances.number, flags: O_RDONLY | O_DIRECTORY)
    } catch {
      _ = unsafe unlinkat(instances.number, name, AT_REMOVEDIR)
      throw error
    }
    toggle = try? Descriptor("tracing_on", in: directory.number, flags: O_WRONLY)
    // From here on the object exists and is taken back by `deinit` when something fails.
    try write("\(kibibytes)", to: "buffer_size_kb")
    try write("boot", to: "trace_clock")
    // Names of tasks would be noted at every switch between them, on the whole host.
    try? write("norecord-cmd", to: "trace_options")
    // Readers are woken by the first event and not by a half full ring (Linux 5.0).
    try? write("0", to: "buffer_percent")
    for event in events {
      if let filter = event.filter { try write(filter, to: "events/\(event.path)/filter") }
    }
    let processors = try Descriptor(
      "per_cpu", in: directory.number, flags: O_RDONLY | O_DIRECTORY)
    for processor in try processors.names(limit: 65_536) {
      let path = String(decoding: processor, as: UTF8.self) + "/trace_pipe_raw"
      let file = try Descriptor(path, in: processors.number, flags: O_RDONLY | O_NONBLOCK)
      rings.append(TraceRing(file, layout: layout))
    }
    for event in events { try write("1", to: "events/\(event.path)/enable") }
  }

  deinit { remove() }

  /// Ends the recording and takes the directory away.
  func remove() {
    if isRemoved { return }
    isRemoved = true
    record(false)
    // While a file in it is open the directory stays.
    rings = []
    toggle = nil
    _ = unsafe unlinkat(instances.number, name, AT_REMOVEDIR)
  }

  /// Goes on or stops recording; the ring keeps what it has.
  func record(_ on: Bool) {
    guard let number = toggle?.number else { return }
    _ = unsafe Glibc.write(number, on ? "1" : "0", 1)
  }

  /// Makes the directory; where one process has several of a purpose they are counted.
  private static func make(in instances: Int32, _ base: String) throws(SystemError) -> String {
    for count in 1...mostOfOneMaker {
      let name = count == 1 ? base : "\(base)-\(count)"
      if unsafe mkdirat(instances, name, 0o700) == 0 { return name }
      if errno != EEXIST { break }
    }
    throw SystemError(number: errno)
  }

  private func write(_ text: String, to path: String) throws(SystemError) {
    let file = try Descriptor(path, in: directory.number, flags: O_WRONLY)
    let count = text.utf8.count
    if unsafe Glibc.write(file.number, text, count) != count { throw SystemError(number: errno) }
  }

  /// Removes the instances whose maker is gone. Those of others stay: a live maker has its rings open besides, and the
  /// kernel then refuses.
  static func removeStale(in root: borrowing Descriptor, proc: ProcRoot) {
    guard
      let instances = try? Descriptor("instances", in: root.number, flags: O_RDONLY | O_DIRECTORY),
      let names = try? instances.names(limit: 16_384), let directory = try? proc.open()
    else { return }
    for name in names {
      let name = String(decoding: name, as: UTF8.self)
      guard let maker = ProcessKeyText(instance: name) else { continue }
      if ProcessFiles(pid: maker.pid, in: directory)?.stat?.startTicks == maker.startTicks {
        continue
      }
      _ = unsafe unlinkat(instances.number, name, AT_REMOVEDIR)
    }
  }
}

/// A process's number and start as they stand in the names of its instances.
struct ProcessKeyText: Hashable {
  /// The process.
  let pid: Int32
  /// Its start in clock ticks after boot.
  let startTicks: UInt64

  /// This process; nil when /proc does not tell of it.
  init?(in proc: ProcRoot) {
    guard let text = proc.contents(of: "self/stat", limit: 4_096), let stat = ProcessStat(text)
    else { return nil }
    pid = getpid()
    startTicks = stat.startTicks
  }

  /// The maker of an instance; nil when the name is no name of this program's.
  init?(instance name: String) {
    guard name.hasPrefix(TraceInstance.prefix) else { return nil }
    let parts = name.dropFirst(TraceInstance.prefix.count).split(
      separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let pid = Decimal.parse(parts[0].utf8).flatMap({ Int32(exactly: $0) }),
      pid > 0, let startTicks = Decimal.parse(parts[1].utf8)
    else { return nil }
    self.pid = pid
    self.startTicks = startTicks
  }

  /// Number and start, joined by a hyphen.
  var text: String { "\(pid)-\(startTicks)" }
}
