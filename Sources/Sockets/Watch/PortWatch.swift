import Glibc

/// Looks at a port again and again and tells what changed; between the looks it hears of what concerns the port, where
/// the kernel tells. Not for use by two threads at once.
public final class PortWatch {
  /// Namespaces in which the ends of sockets are heard; in others the next look finds them.
  private static let namespaceLimit = 256
  /// Ended sockets and processes kept from one look to the next; a bound against floods.
  private static let toldLimit = 16_384
  /// Sockets that are followed; more can't be told apart by a reader either.
  static let socketLimit = 100_000

  private let port: UInt16
  private let options: SurveyOptions
  private var view: SurveyDifference.View?
  private var told = SurveyDifference.Told()
  /// The processes whose doings matter: the holders, and what they forked since the last look.
  private var watched: Set<Int32> = []
  private let own: EndedSockets?
  private var others: [UInt64: EndedSockets] = [:]
  private let processes: ProcessReports?

  /// Whether something was heard that makes a look worth while at once.
  public private(set) var isDisturbed = false
  /// Reports that the kernel could not deliver, or that were too many to keep, since the last time somebody asked.
  private var hasLost = false

  /// A watch over sockets that have `port` on either side, which has not looked yet.
  public init(port: UInt16, options: SurveyOptions = SurveyOptions()) {
    self.port = port
    self.options = options
    if !options.usesProcNetOnly, let socket = try? NetlinkSocket.hearingEnds(port: port) {
      own = EndedSockets(socket, port: port)
    } else {
      own = nil
    }
    processes = ProcessReports.begin(in: options.proc)
  }

  /// Whether the kernel tells of processes that fork, execute and end.
  public var hearsProcesses: Bool { processes != nil }

  /// Whether the kernel tells of sockets that end.
  public var hearsEnds: Bool { own != nil }

  /// The descriptors to wait on for reading.
  public var descriptors: [Int32] {
    var numbers = others.values.map(\.number)
    if let number = own?.number { numbers.append(number) }
    if let number = processes?.number { numbers.append(number) }
    return numbers
  }

  /// Takes what the kernel told since the last time.
  public func hear() {
    var isWhole = own?.take { note($0) } ?? true
    for other in others.values where !other.take({ note($0) }) { isWhole = false }
    if processes?.take({ note($0) }) == false { isWhole = false }
    if !isWhole {
      hasLost = true
      isDisturbed = true
    }
  }

  private func note(_ ended: OwnedSocket) {
    isDisturbed = true
    guard told.ended.count < Self.toldLimit else {
      hasLost = true
      return
    }
    told.ended[WatchKey(ended)] = ended
  }

  private func note(_ report: ProcessReport) {
    switch report {
    case .forked(let parent, let child):
      guard parent != child, watched.contains(parent) else { return }
      if watched.count < Self.toldLimit { watched.insert(child) }
    case .executed(let process):
      guard watched.contains(process) else { return }
      if told.executed.count < Self.toldLimit { told.executed.insert(process) }
    case .renamed(let process), .ended(let process):
      guard watched.contains(process) else { return }
    case .acknowledged:
      return
    }
    isDisturbed = true
  }

  /// Whether something may have been missed since the last time somebody asked.
  public func takeLoss() -> Bool {
    defer { hasLost = false }
    return hasLost
  }

  /// Looks at the port; what changed since the last look, at the first look everything that is there.
  ///
  /// - Throws: `SurveyError.noSocketTable` when neither sock_diag nor /proc/net can be read; the next look goes on
  ///   from the last one that could.
  public func look() throws(SurveyError) -> [SocketChange] {
    // What is heard from here on may be newer than what is seen.
    isDisturbed = false
    var work = try survey()
    if view != nil, work.survey.sockets.contains(where: { Self.isDoubtful($0) }) {
      work = try survey()
    }
    follow(work.places)
    if work.survey.sockets.count > Self.socketLimit {
      work.survey.sockets.removeLast(work.survey.sockets.count - Self.socketLimit)
      hasLost = true
    }
    let difference = SurveyDifference(from: view, to: work.survey, told: told)
    told = difference.next
    // Without reports of ends nothing would ever be taken out; and what is as old as so many others may be forgotten.
    if !hearsEnds || told.gone.count > Self.socketLimit { told.gone.removeAll() }
    view = difference.view
    watched = Set(difference.view.values.flatMap { $0.holders.map(\.process.pid) })
    return complete(difference.changes, work)
  }

  private func survey() throws(SurveyError) -> SurveyWork {
    var work = try SurveyWork(port: port, options: options)
    if options.looksIntoOtherNamespaces { work.readOtherNamespaces() }
    work.findHolders()
    return work
  }

  /// Whether a process went away in the middle of the look: another one settles it.
  private static func isDoubtful(_ owned: OwnedSocket) -> Bool {
    owned.socket.inode != 0 && owned.missing == .vanished
  }

  /// Adds to what changed what is known beside it. Only there: most looks find nothing new.
  private func complete(_ changes: [SocketChange], _ work: SurveyWork) -> [SocketChange] {
    guard changes.contains(where: { $0.kind != .vanished }) else { return changes }
    var changes = changes
    var work = work
    let places = changes.indices.filter { changes[$0].kind != .vanished }
    work.survey.sockets = places.map { changes[$0].owned }
    work.complete()
    for (place, owned) in zip(places, work.survey.sockets) {
      view?[WatchKey(changes[place].owned)]?.namespace = owned.namespace
      changes[place].owned = owned
    }
    return changes
  }

  /// Hears in the namespaces that are there, and no more in those that only this watch would keep alive.
  private func follow(_ places: [NamespaceSearch.Place]) {
    let present = Set(places.map(\.namespace.inode))
    others = others.filter { present.contains($0.key) }
    guard hearsEnds, let proc = try? options.proc.open() else { return }
    let port = port
    for place in places where others[place.namespace.inode] == nil {
      guard others.count < Self.namespaceLimit else { return }
      let socket = place.socket(in: proc) { () throws(NetlinkError) in
        try NetlinkSocket.hearingEnds(port: port)
      }
      if let socket {
        others[place.namespace.inode] = EndedSockets(
          socket, port: port, namespace: place.namespace)
      }
    }
  }
}
