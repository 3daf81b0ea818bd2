import Glibc

extension ProcessIdentity {
  /// Ancestors followed upwards; a deeper chain is cut.
  static let ancestorLimit = 64

  /// The process `pid` as /proc shows it now; nil when there is none, or when it went away or was replaced between
  /// the first and the last reading.
  public static func read(pid: Int32, in proc: ProcRoot = ProcRoot()) -> ProcessIdentity? {
    guard let directory = try? proc.open() else { return nil }
    return read(pid: pid, in: directory, clock: BootClock(in: directory), users: .host)
  }

  static func read(
    pid: Int32, in proc: borrowing Descriptor, clock: BootClock?, users: UserNames
  ) -> ProcessIdentity? {
    guard let files = ProcessFiles(pid: pid, in: proc) else { return nil }
    return read(files, clock: clock, users: users)
  }

  /// The process whose directory is open.
  static func read(
    _ files: borrowing ProcessFiles, clock: BootClock?, users: UserNames
  ) -> ProcessIdentity? {
    guard let before = files.stat else { return nil }
    if before.hasLostFirstThread { return readThread(of: files, before, clock, users) }
    let executable = files.executable
    let user = files.user
    let group = files.controlGroups.map { ControlGroup($0) }
    let identity = ProcessIdentity(
      pid: files.pid, startTicks: before.startTicks,
      startTime: clock?.time(atTicks: before.startTicks),
      command: files.command(in: before), executable: executable?.path,
      isExecutableDeleted: executable?.isDeleted ?? false, arguments: files.arguments,
      user: user ?? 0, userName: user.flatMap { users[$0] }, parent: before.parent,
      workingDirectory: files.workingDirectory, unit: group?.unit, containerID: group?.container)
    guard user != nil, let after = files.stat, after.startTicks == before.startTicks,
      !after.isZombie
    else { return nil }
    return identity
  }

  /// No more than number, name, start, parent and program; nil when there is no such process. What is read through one
  /// open directory is of one process, so nothing is compared.
  static func readBriefly(
    pid: Int32, in proc: borrowing Descriptor, clock: BootClock?
  ) -> ProcessIdentity? {
    guard let files = ProcessFiles(pid: pid, in: proc), let stat = files.stat else { return nil }
    let executable =
      stat.hasLostFirstThread ? files.livingThread?.executable : files.executable
    return ProcessIdentity(
      pid: pid, startTicks: stat.startTicks, startTime: clock?.time(atTicks: stat.startTicks),
      command: files.command(in: stat), executable: executable?.path,
      isExecutableDeleted: executable?.isDeleted ?? false, parent: stat.parent)
  }

  /// A process whose first thread has ended, by a thread that has not: the program shows only there.
  private static func readThread(
    of files: borrowing ProcessFiles, _ before: ProcessStat, _ clock: BootClock?,
    _ users: UserNames
  ) -> ProcessIdentity? {
    guard let thread = files.livingThread, let user = files.user else { return nil }
    let executable = thread.executable
    let group = files.controlGroups.map { ControlGroup($0) }
    let identity = ProcessIdentity(
      pid: files.pid, startTicks: before.startTicks,
      startTime: clock?.time(atTicks: before.startTicks), command: files.command(in: before),
      executable: executable?.path, isExecutableDeleted: executable?.isDeleted ?? false,
      arguments: thread.arguments, user: user, userName: users[user], parent: before.parent,
      workingDirectory: thread.workingDirectory, unit: group?.unit, containerID: group?.container)
    guard let after = files.stat, after.startTicks == before.startTicks, after.threads > 1,
      let still = thread.stat, !still.isZombie
    else { return nil }
    return identity
  }

  /// The parent of `pid`, its parent and so on up to process 1 or the end of what is visible; the nearest first.
  public static func ancestors(
    of pid: Int32, in proc: ProcRoot = ProcRoot()
  ) -> [ProcessIdentity] {
    guard let directory = try? proc.open() else { return [] }
    let clock = BootClock(in: directory)
    return ancestorNumbers(of: pid, in: directory).compactMap {
      read(pid: $0, in: directory, clock: clock, users: .host)
    }
  }

  /// The numbers of a process's ancestors; a chain that runs into itself ends there.
  static func ancestorNumbers(of pid: Int32, in proc: borrowing Descriptor) -> [Int32] {
    var ancestors: [Int32] = []
    var current = pid
    while ancestors.count < ancestorLimit, current > 1,
      let parent = ProcessFiles(pid: current, in: proc)?.stat?.parent, parent > 0,
      parent != pid, !ancestors.contains(parent)
    {
      ancestors.append(parent)
      current = parent
    }
    return ancestors
  }
}
