import Glibc

/// A survey in the making.
struct SurveyWork {
  private let port: UInt16
  private let options: SurveyOptions
  /// One for each namespace; none when /proc/net was read.
  private var tables: [SocketTables] = []
  private(set) var survey: PortSurvey

  /// Reads the sockets of this process's own namespace.
  init(port: UInt16, options: SurveyOptions) throws(SurveyError) {
    self.port = port
    self.options = options
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

  private mutating func add(_ dump: SockDiagDump, namespace: NetworkNamespace?) {
    if !dump.isComplete { survey.isComplete = false }
    survey.sockets += dump.entries.map {
      OwnedSocket(
        socket: $0, missing: MissingOwner(withoutFile: $0) ?? .notLookedFor, namespace: namespace)
    }
    survey.sockets.sort { OwnedSocket.comesBefore($0, $1) }
  }

  /// Reads the sockets of every other namespace that can be found and entered.
  mutating func readOtherNamespaces() {
    guard !tables.isEmpty, Capabilities.current(in: options.proc).hasSysAdmin,
      let proc = try? options.proc.open()
    else { return }
    let found = NamespaceSearch.others(in: proc)
    survey.namespacesNotEntered = found.leftOut
    for place in found.places {
      guard let socket = place.openSocket(in: proc) else {
        survey.namespacesNotEntered += 1
        continue
      }
      let other = SocketTables(NetlinkSocket(owning: socket), namespace: place.namespace)
      do throws(NetlinkError) {
        let dump = try other.read(port: port)
        add(dump, namespace: place.namespace)
        // Kept open for a second look where this one found something.
        if !dump.entries.isEmpty { tables.append(other) }
      } catch {
        survey.namespacesNotEntered += 1
      }
    }
  }

  /// Looks for the holders of every socket that a file holds.
  mutating func findHolders() {
    let inodes = Set(survey.sockets.map(\.socket.inode).filter { $0 != 0 })
    guard !inodes.isEmpty, let proc = try? options.proc.open() else { return }
    var walk = DescriptorWalk.host(inodes, in: proc)
    let visibility = Visibility(in: options.proc)
    var reasons: [UInt32: MissingOwner] = [:]
    var missing = inodes.subtracting(walk.hits.map(\.inode))
    if !missing.isEmpty {
      let present = presentInodes()
      for inode in missing where present?.contains(inode) == false { reasons[inode] = .vanished }
      missing = missing.filter { reasons[$0] == nil }
      if visibility.obstacle(unreadable: walk.unreadable) == nil, !missing.isEmpty {
        let second = DescriptorWalk.host(missing, in: proc, looksAtThreads: true)
        walk.add(second)
      }
    }
    survey.unreadableProcesses = walk.unreadable
    let obstacle = visibility.obstacle(unreadable: walk.unreadable)
    var names = HolderNames()
    for index in survey.sockets.indices where survey.sockets[index].socket.inode != 0 {
      let inode = survey.sockets[index].socket.inode
      let holders = names.holders(of: inode, hits: walk.hits, in: proc)
      survey.sockets[index].holders = holders
      if !holders.isEmpty {
        survey.sockets[index].missing = obstacle
      } else if walk.hits.contains(where: { $0.inode == inode }) {
        survey.sockets[index].missing = .vanished
      } else {
        survey.sockets[index].missing = reasons[inode] ?? obstacle ?? visibility.unseen
      }
    }
  }

  /// The inodes on the port now; nil when they can't be read again.
  private func presentInodes() -> Set<UInt32>? {
    var inodes: Set<UInt32> = []
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

extension OwnedSocket {
  /// The order of a survey: listeners, then TCP before UDP, then by the ends; own namespace first.
  static func comesBefore(_ left: OwnedSocket, _ right: OwnedSocket) -> Bool {
    let one = left.socket
    let other = right.socket
    if one.isListener != other.isListener { return one.isListener }
    if one.transport != other.transport { return one.transport == .tcp }
    if one.local != other.local { return one.local < other.local }
    if one.peer != other.peer { return one.peer < other.peer }
    if left.namespace?.inode != right.namespace?.inode {
      return (left.namespace?.inode ?? 0) < (right.namespace?.inode ?? 0)
    }
    return one.cookie < other.cookie
  }
}
