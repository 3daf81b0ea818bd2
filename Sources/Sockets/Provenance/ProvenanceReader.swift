import Glibc

/// Reads the provenance of processes, each once.
struct ProvenanceReader {
  private static let environmentLimit = 1 << 18
  private static let argumentsLimit = 1 << 20

  /// Whether the program's file is hashed.
  private let hashes: Bool
  /// Whether of parents no more is read than `ProcessIdentity.readBriefly` does.
  private let namesParentsOnly: Bool
  private let clock: BootClock?
  private let users: UserNames
  private let units: UnitDirectories
  private let root: ProcRoot
  private var containers: ContainerSearch
  private let marks = InterpreterMark()
  private var known = SortedTable<ProcessKey, Provenance>()
  private var ancestors = SortedTable<Int32, ProcessIdentity>()

  init(
    clock: BootClock?, hashes: Bool, namesParentsOnly: Bool = false, units: UnitDirectories,
    containers: ContainerSearch, root: ProcRoot = ProcRoot(), users: UserNames = .host
  ) {
    self.hashes = hashes
    self.namesParentsOnly = namesParentsOnly
    self.users = users
    self.units = units
    self.root = root
    self.containers = containers
    self.clock = clock
  }

  /// Adds what can be known of a holder's process. Nothing is added when the process is another one by now.
  mutating func complete(_ holder: inout Holder, in proc: borrowing Descriptor) {
    let key = holder.process.key
    if let known = known[key] {
      holder.provenance = known
      return
    }
    guard let files = ProcessFiles(pid: holder.process.pid, in: proc), let before = files.stat,
      before.startTicks == holder.process.startTicks
    else { return }
    if holder.process.arguments.reduce(0, { $0 + $1.count + 1 }) >= 4_096 {
      holder.process.arguments = files.arguments(limit: Self.argumentsLimit)
    }
    var provenance = Provenance()
    read(&provenance, of: holder.process, files, before)
    if before.hasLostFirstThread, let thread = files.livingThread {
      readFiles(&provenance, of: holder.process, thread)
    } else {
      readFiles(&provenance, of: holder.process, files)
    }
    // Since it was found it may have got another parent.
    holder.process.parent = before.parent
    provenance.ancestors = chain(of: holder.process, in: proc)
    let groups = files.controlGroups ?? []
    provenance.controlGroup = ControlGroup.path(in: groups)
    provenance.container = containers.container(in: groups, of: files)
    provenance.forwarder = containers.forwarder(holder.process, in: proc)
    provenance.origin = ProcessOrigin.of(
      holder.process, provenance, environment: files.environment(limit: Self.environmentLimit),
      units: provenance.namespacePID == nil
        ? units : .ofContainer(holder.process.pid, in: root))
    guard let after = files.stat, after.startTicks == before.startTicks,
      !after.isZombie || after.hasLostFirstThread
    else { return }
    known.note(provenance, of: key)
    holder.provenance = provenance
  }

  private func read(
    _ provenance: inout Provenance, of process: ProcessIdentity,
    _ files: borrowing ProcessFiles, _ stat: ProcessStat
  ) {
    provenance.isStopped = stat.isStopped
    provenance.terminal = Terminal.name(ofDevice: stat.terminal)
    if let status = try? files.directory.contents(of: "status", limit: 16_384) {
      provenance.capabilities = Capabilities(status: status)?.effective
      switch StatusText.numbers(after: "Seccomp:", in: status).first {
      case 0: provenance.seccomp = .off
      case 1: provenance.seccomp = .strict
      case 2: provenance.seccomp = .filter
      default: break
      }
      provenance.hasNoNewPrivileges =
        StatusText.numbers(after: "NoNewPrivs:", in: status).first.map { $0 != 0 }
      let numbers = StatusText.numbers(after: "NSpid:", in: status)
      if numbers.count > 1, let inner = numbers.last {
        provenance.namespacePID = Int32(exactly: inner)
      }
    }
    // The audit system's "nobody logged in" is the highest number.
    if let text = try? files.directory.contents(of: "loginuid", limit: 32),
      let user = Decimal.parse(text.prefix { $0 != 0x0A }).flatMap({ UInt32(exactly: $0) }),
      user != .max
    {
      provenance.loginUser = user
      provenance.loginUserName = users[user]
    }
  }

  private func readFiles(
    _ provenance: inout Provenance, of process: ProcessIdentity, _ files: borrowing ProcessFiles
  ) {
    let environment = files.environment(limit: Self.environmentLimit)
    provenance.preload = environment.value(of: "LD_PRELOAD")
    if let link = try? files.directory.link("root"), link != Array("/".utf8) {
      provenance.root = link
    }
    if hashes { provenance.executableHash = FileHash.sha256(of: "exe", in: files.directory) }
    guard let executable = process.executable else { return }
    provenance.script = InterpretedProgram.read(
      executable: executable, arguments: process.arguments)
    guard let root = RootDirectory(of: files.directory) else { return }
    if let text = root.contents(of: "/etc/ld.so.preload", limit: 4_096) {
      let names = text.split { $0 == 0x0A || $0 == 0x20 }.joined(separator: [0x20])
      let list = Array(names)
      if !list.isEmpty { provenance.systemPreload = list }
    }
    provenance.executableState = state(of: executable, process, files, root)
    if provenance.executableState == .current || provenance.executableState == .replaced {
      provenance.package = PackageSearch.package(of: executable, in: root)
    }
    if provenance.script == nil, !InterpretedProgram.isInterpreter(executable) {
      provenance.script = renamed(process, provenance.package, files, root)
    }
  }

  /// What an interpreter runs whose file has another name: looked for where no package has the file and an argument names
  /// another one, as the whole program is read for that.
  private func renamed(
    _ process: ProcessIdentity, _ package: PackageAnswer, _ files: borrowing ProcessFiles,
    _ root: borrowing RootDirectory
  ) -> InterpretedProgram? {
    if case .package = package { return nil }
    guard let first = process.arguments.dropFirst().first(where: { $0.first != UInt8(ascii: "-") }),
      !first.isEmpty
    else { return nil }
    let isAbsolute = first.first == UInt8(ascii: "/")
    guard let folder = isAbsolute ? [] : process.workingDirectory.map({ $0 + [UInt8(ascii: "/")] }),
      let status = root.status(of: folder + first), status.st_mode & S_IFMT == S_IFREG,
      InterpreterMark.isScript(first, begin: root.contents(of: folder + first, limit: 2) ?? []),
      let interpreter = marks.interpreter(of: files.directory)
    else { return nil }
    var program = InterpretedProgram.read(
      executable: Array(interpreter.rawValue.utf8), arguments: process.arguments)
    program?.interpreter = interpreter
    return program
  }

  private func state(
    of executable: [UInt8], _ process: ProcessIdentity, _ files: borrowing ProcessFiles,
    _ root: borrowing RootDirectory
  ) -> Provenance.ExecutableState {
    guard let running = try? files.directory.status(of: "exe") else { return .unknown }
    guard let named = root.status(of: executable) else {
      return process.isExecutableDeleted ? .deleted : .unknown
    }
    let isSame = named.st_ino == running.st_ino && named.st_dev == running.st_dev
    // A program started from outside the process's root has a path that means another file there.
    return isSame ? .current : process.isExecutableDeleted ? .replaced : .unknown
  }

  private mutating func chain(
    of process: ProcessIdentity, in proc: borrowing Descriptor
  ) -> [ProcessIdentity] {
    var chain: [ProcessIdentity] = []
    var child = process
    while chain.count < ProcessIdentity.ancestorLimit, child.parent > 0 {
      let parent = ancestors[child.parent] ?? ancestor(child.parent, in: proc)
      // A number that was given away since belongs to a younger process, which can be nobody's parent.
      guard let parent, parent.startTicks <= child.startTicks, parent.pid != process.pid,
        !chain.contains(where: { $0.pid == parent.pid })
      else { break }
      ancestors.note(parent, of: parent.pid)
      chain.append(parent)
      child = parent
    }
    return chain
  }

  private func ancestor(_ pid: Int32, in proc: borrowing Descriptor) -> ProcessIdentity? {
    namesParentsOnly
      ? .readBriefly(pid: pid, in: proc, clock: clock)
      : .read(pid: pid, in: proc, clock: clock, users: users)
  }
}
