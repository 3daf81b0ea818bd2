import Sockets

extension Redactor {
  /// A process: its numbers and when it began stay; program, arguments and user are replaced.
  func process(_ old: ProcessIdentity) -> ProcessIdentity {
    var process = ProcessIdentity(
      pid: old.pid, startTicks: old.startTicks, startTime: old.startTime,
      command: bytes("process", old.command),
      executable: old.executable.map { bytes("path", $0) },
      isExecutableDeleted: old.isExecutableDeleted,
      arguments: arguments(old),
      user: user(old.user), userName: old.userName.map { user(old.user, $0) }, parent: old.parent,
      workingDirectory: old.workingDirectory.map { bytes("path", $0) },
      unit: old.unit.map { bytes("unit", $0) },
      containerID: old.containerID.map { bytes("container", $0) })
    process.hasEnded = old.hasEnded
    process.mayBeChild = old.mayBeChild
    process.isClaim = old.isClaim
    process.lacksUser = old.lacksUser
    return process
  }

  /// One word for all of them; a disguise stays one.
  private func arguments(_ old: ProcessIdentity) -> [[UInt8]] {
    if old.arguments.isEmpty { return [] }
    let word = bytes("command", Array(old.arguments.joined(separator: [0])))
    return old.isNamedLikeKernelThread ? [Array("[kworker/0:0]".utf8), word] : [word]
  }

  /// A user's name; root is root.
  private func user(_ number: UInt32, _ name: String) -> String {
    number == 0 && name == "root" ? name : self.name("user", name)
  }

  /// Where a process comes from.
  func provenance(_ old: Provenance) -> Provenance {
    var new = Provenance()
    new.ancestors = old.ancestors.map(process)
    new.origin = old.origin.map(origin)
    new.executableState = old.executableState
    new.script = old.script.map {
      var program = InterpretedProgram(form: $0.form, name: bytes("path", $0.name))
      program.interpreter = $0.interpreter
      return program
    }
    new.package = package(old.package)
    new.executableHash = nil
    new.capabilities = old.capabilities
    new.seccomp = old.seccomp
    new.hasNoNewPrivileges = old.hasNoNewPrivileges
    new.loginUser = old.loginUser.map(user)
    new.loginUserName = old.loginUserName.map { user(old.loginUser ?? 1, $0) }
    new.preload = old.preload.map { bytes("path", $0) }
    new.systemPreload = old.systemPreload.map { bytes("path", $0) }
    new.root = old.root.map { bytes("path", $0) }
    new.terminal = old.terminal.map { name("terminal", $0) }
    new.namespacePID = old.namespacePID
    new.isStopped = old.isStopped
    new.controlGroup = old.controlGroup.map { bytes("path", $0) }
    new.container = old.container.map(container)
    new.forwarder = old.forwarder.map(forwarder)
    return new
  }

  private func origin(_ origin: ProcessOrigin) -> ProcessOrigin {
    switch origin {
    case .ssh(let client): .ssh(client: client.map { bytes("host", $0) })
    case .terminal(let name): .terminal(self.name("terminal", name))
    case .cron(let name): .cron(bytes("unit", name))
    case .at: .at
    case .timer(let unit, let timer): .timer(unit: bytes("unit", unit), timer: bytes("unit", timer))
    case .unit(let unit): .unit(bytes("unit", unit))
    case .container: .container
    }
  }

  private func package(_ answer: PackageAnswer) -> PackageAnswer {
    switch answer {
    case .package(let manager, let name, _):
      .package(manager, name: bytes("package", name), version: nil)
    case .notLookedFor, .unowned, .notRead, .noDatabase: answer
    }
  }

  func container(_ old: ContainerDescription) -> ContainerDescription {
    var new = ContainerDescription(
      identity: bytes("container", old.identity), runtime: old.runtime,
      name: old.name.map { bytes("container", $0) }, image: old.image.map { bytes("image", $0) })
    new.pod = old.pod.map { bytes("pod", $0) }
    new.podNamespace = old.podNamespace.map { bytes("namespace", $0) }
    return new
  }

  private func forwarder(_ old: PortForwarder) -> PortForwarder {
    PortForwarder(
      program: old.program, address: old.address.map { bytes("host", $0) }, port: old.port,
      namespacePath: old.namespacePath.map { bytes("path", $0) },
      container: old.container.map(container))
  }
}
