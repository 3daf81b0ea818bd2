import Glibc

/// A survey in the making.
struct SurveyWork {
  /// With more unreadable processes than this the threads of the others are not looked at.
  private static let secondLookLimit = 16

  let port: UInt16
  let options: SurveyOptions
  /// One for each namespace; none when /proc/net was read.
  private var tables: [SocketTables] = []
  var survey: PortSurvey
  /// The other namespaces that were found, with a way in.
  private(set) var places: [NamespaceSearch.Place] = []
  /// The clock of the host; nil until holders were looked for.
  private(set) var clock: BootClock?
  /// Inodes of namespaces that were read as text, which are not read again.
  private var textInodes: Set<UInt32> = []
  private let meanwhile: Meanwhile<HostConfiguration>?

  /// Reads the sockets of this process's own namespace. What `meanwhile` makes of the same port and options is taken
  /// over when it is needed.
  init(
    port: UInt16, options: SurveyOptions, meanwhile: Meanwhile<HostConfiguration>? = nil
  ) throws(SurveyError) {
    self.port = port
    self.options = options
    self.meanwhile = meanwhile
    survey = PortSurvey()
    do throws(NetlinkError) {
      if options.usesProcNetOnly { throw .system(EPROTONOSUPPORT) }
      let own = SocketTables(try NetlinkSocket.open())
      add(try own.read(port: port), namespace: nil)
      tables = [own]
    } catch {
      try readProcNet(after: error)
    }
  }

  /// Units and rules: those that were read meanwhile, or read now.
  var configuration: HostConfiguration {
    meanwhile?.value ?? .read(port: port, options: options)
  }

  private mutating func readProcNet(after failure: NetlinkError) throws(SurveyError) {
    do throws(SystemError) {
      let result = try ProcNetReader.read(port: port, in: options.proc)
      survey.source = .procNet
      add(
        SockDiagDump(entries: result.entries, isComplete: result.isComplete), namespace: nil)
    } catch {
      var number: Int32 = EPROTO
      if case .system(let known) = failure { number = known }
      throw .noSocketTable(sockDiag: number, procNet: error.number)
    }
  }

  mutating func add(_ dump: SockDiagDump, namespace: NetworkNamespace?) {
    if !dump.isComplete { survey.isComplete = false }
    if dump.entries.isEmpty { return }
    survey.sockets += dump.entries.map {
      OwnedSocket(
        socket: $0, missing: MissingOwner(withoutFile: $0) ?? .notLookedFor, namespace: namespace)
    }
    survey.sockets.sort { OwnedSocket.comesBefore($0, $1) }
  }

  /// Reads the sockets of every other namespace that can be found and entered.
  mutating func readOtherNamespaces() {
    guard let proc = try? options.proc.open() else { return }
    guard !tables.isEmpty, Capabilities.current(in: options.proc).hasSysAdmin else {
      readNamespacesAsText(in: proc)
      return
    }
    let found = NamespaceSearch.others(in: proc)
    survey.namespacesNotEntered = found.leftOut
    places = found.places
    for place in found.places {
      guard let socket = place.socket(in: proc, { () throws(NetlinkError) in try .open() }) else {
        noteNotEntered(place.namespace)
        continue
      }
      let other = SocketTables(socket, namespace: place.namespace)
      do throws(NetlinkError) {
        let dump = try other.read(port: port)
        add(dump, namespace: place.namespace)
        // Kept open for a second look where this one found something.
        if !dump.entries.isEmpty { tables.append(other) }
      } catch {
        noteNotEntered(place.namespace)
      }
    }
  }

  private mutating func noteNotEntered(_ namespace: NetworkNamespace) {
    survey.namespacesNotEntered += 1
    if survey.notEntered.count < PortSurvey.mostNotEntered { survey.notEntered.append(namespace) }
  }

  /// Without the right to enter, or without sock_diag: what /proc shows of them.
  private mutating func readNamespacesAsText(in proc: borrowing Descriptor) {
    let others = NamespaceText.others(port: port, in: proc, path: options.proc.path)
    survey.namespacesNotEntered = others.leftOut
    survey.namespacesReadAsText = others.results.count
    for other in others.results {
      let sockets = other.sockets
      add(
        SockDiagDump(entries: sockets.entries, isComplete: sockets.isComplete),
        namespace: other.namespace)
      textInodes.formUnion(sockets.entries.map(\.inode))
    }
  }

  /// Looks for the holders of every socket that a file holds.
  mutating func findHolders() {
    let inodes = InodeSet(
      survey.sockets.compactMap { $0.socket.inode == 0 ? nil : $0.socket.inode })
    guard !inodes.isEmpty, let proc = try? options.proc.open() else { return }
    var walk = DescriptorWalk.host(inodes, in: proc)
    let visibility = Visibility(in: options.proc)
    var reasons: [UInt32: MissingOwner] = [:]
    var seen = InodeSet(walk.hits.map { $0.inode })
    var missing = inodes.filter { !seen.contains($0) }
    if !missing.isEmpty {
      let present = presentInodes()
      for inode in missing where present?.contains(inode) == false { reasons[inode] = .vanished }
      missing = missing.filter { reasons[$0] == nil }
      // The second look asks every thread: worth it only where little is hidden from this process.
      if !missing.isEmpty, walk.unreadable < Self.secondLookLimit {
        let second = DescriptorWalk.host(missing, in: proc, looksAtThreads: true)
        walk.addHits(of: second)
        seen = InodeSet(walk.hits.map { $0.inode })
        missing = missing.filter { !seen.contains($0) }
      }
    }
    let rings =
      missing.isEmpty ? [] : RingSearch.hits(of: missing, at: walk.rings, in: proc)
    survey.gainsNothingFromSudo =
      geteuid() == 0 || Capabilities.current(in: options.proc).hasSysPtrace
    survey.unreadableProcesses = walk.unreadable
    survey.unreadable = Array(walk.unreadableProcesses.prefix(8))
    let obstacle = visibility.obstacle(unreadable: walk.unreadable)
    let abandoned = survey.sockets.filter { $0.socket.isMultipath && $0.socket.inode == 0 }
    let orphans = abandoned.isEmpty ? [] : Set(abandoned.map { Ends($0) })
    clock = BootClock(in: proc)
    var names = HolderNames(walk.hits, rings: rings, in: proc, clock: clock)
    for index in survey.sockets.indices where survey.sockets[index].socket.inode != 0 {
      let inode = survey.sockets[index].socket.inode
      let holders = names.holders(of: inode, in: proc)
      survey.sockets[index].holders = holders
      if !holders.isEmpty {
        survey.sockets[index].missing = obstacle
      } else if seen.contains(inode) {
        survey.sockets[index].missing = .vanished
      } else if survey.sockets[index].socket.isBelowMultipath,
        orphans.contains(Ends(survey.sockets[index]))
      {
        // It keeps the number of a file that is closed.
        survey.sockets[index].missing = .orphaned
      } else {
        survey.sockets[index].missing = reasons[inode] ?? obstacle ?? visibility.unseen
      }
    }
  }

  /// Both ends of a connection and where it is: what a Multipath TCP socket shares with its first TCP socket.
  private struct Ends: Hashable {
    var local: SocketEndpoint
    var peer: SocketEndpoint
    var namespace: UInt64?

    init(_ owned: OwnedSocket) {
      local = owned.socket.local
      peer = owned.socket.peer
      namespace = owned.namespace?.inode
    }
  }

  /// The inodes on the port now; nil when they can't be read again.
  private func presentInodes() -> Set<UInt32>? {
    var inodes = textInodes
    for table in tables {
      guard let dump = try? table.read(port: port), dump.isComplete else { return nil }
      inodes.formUnion(dump.entries.map(\.inode))
    }
    if tables.isEmpty {
      guard let result = try? ProcNetReader.read(port: port, in: options.proc) else { return nil }
      inodes.formUnion(result.entries.map(\.inode))
    }
    return inodes
  }
}
