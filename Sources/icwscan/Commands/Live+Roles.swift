import ArgumentParser
import Captures
import Confine
import Glibc
import Packets
import Report
import Roles
import Sockets
import Verdicts

/// The two processes of a live capture.
extension Live {
  /// How long the parser waits for its helper at the start, in milliseconds.
  private static let patience: Int32 = 30_000

  /// Who the parser becomes: `-Z`, else whoever is meant by sudo, else nobody; nil without root.
  func parserAccount() throws -> Account? {
    guard let user else { return Privileges.unprivileged }
    guard geteuid() == 0 else {
      throw ValidationError("-Z: only root becomes another user; leave it out")
    }
    guard let account = Account(named: user) else {
      throw ValidationError("-Z: /etc/passwd has no user \(Escaped.text(user))")
    }
    return account
  }

  /// Divides the process.
  func divide(_ files: OutputFiles?, _ runner: Runner?) throws -> Roles.Part {
    do throws(RoleFailure) {
      return try Roles.divide(files: files, runner: runner)
    } catch {
      throw Self.noProcess("for the packets", error)
    }
  }

  /// Starts the process that runs `-z` and asks for names; nil where neither is wanted.
  func startRunner() throws -> Runner? {
    guard output.resolves || rotation.command != nil else { return nil }
    let folder = write.file.map { RawPath.bytes($0) } ?? []
    let slash = folder.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let command = rotation.command.map { RawPath.bytes($0) }
    var work = Runner.Work(command: command, folder: Array(folder[..<slash]), lookUp: nil)
    if output.resolves { work.lookUp = { Self.lookUp($0) } }
    do throws(RoleFailure) {
      return try Runner.start(work, account: Privileges.invokingUser)
    } catch {
      throw Self.noProcess("for \(Self.purpose)", error)
    }
  }

  /// What the runner is there for.
  private static let purpose = "-z and --resolve"

  /// The name of an address, as the runner finds it.
  private static func lookUp(_ address: [UInt8]) -> [UInt8]? {
    IPAddress(networkBytes: address).flatMap { NameResolver.lookUp($0) }.map { Array($0.utf8) }
  }

  private static func noProcess(_ purpose: String, _ failure: RoleFailure) -> ExitStatus {
    Diagnostics.say(
      "no process \(purpose): " + (unsafe String(cString: strerror(failure.number))))
    return .internal
  }

  /// The part with the rights: it ends when the parser has.
  func help(
    _ helper: Helper, _ survey: PortSurvey?, opensFiles: Bool, _ dataFile: DataFile?,
    _ signals: Signals, _ screen: Screen?
  ) -> ExitStatus {
    let attributor = Attributor(port: port.port)
    let finder = EndFinder(attributor, survey: survey)
    Confinement.helper(opensFiles: opensFiles || dataFile != nil, signalled: helper.signalled)
      .applyAndTell()
    var isUndone = false
    let ending = helper.run(
      attributor, finder, Allowance(port: port.port, devices: devices.count),
      openData: dataFile.map { $0.again }, signals: signals.descriptor,
      noteRunner: {
        isUndone = true
        Diagnostics.say(
          "the process for \(Self.purpose) has ended: the capture goes on, and that is done no more"
        )
      },
      nextWish: { signals.next().flatMap(\.wish) })
    screen?.leaveForOther()
    switch ending {
    case .status(let status):
      return ExitStatus.first(
        of: [ExitStatus(rawValue: status) ?? .internal] + (isUndone ? [.partial] : []))
    case .killed(let signal):
      Diagnostics.say(
        "the process that reads packets was ended by signal \(signal); what it had not written is lost"
      )
      return .internal
    case .betrayed:
      Diagnostics.say(
        "the process that reads packets asked for what it has no business with, and was ended")
      return .internal
    case .abandoned:
      signals.leave()
    }
  }

  /// The part without rights: it opens the devices, gives everything up, and captures.
  func capture(
    _ context: VerdictContext, _ survey: PortSurvey?, _ helper: HelperConnection,
    _ writer: consuming CaptureWriter?, _ account: Account?, _ screen: Screen?,
    _ reporter: inout Reporter
  ) throws -> ExitStatus {
    // Whoever sends the first packet has to have been heard of.
    guard let arrival = helper.wait(milliseconds: Self.patience, for: \.isBegin),
      case .begin(let obstacle) = arrival.message
    else { return .internal }
    let tells = packets.verbose > 0
    if tells, let obstacle {
      Diagnostics.say(
        "processes that end within milliseconds may stay unnamed: " + Words.of(obstacle))
    }
    let devices: [LiveDevice]
    // /sys shows the devices of the namespace that it was mounted in.
    let deviceFiles = namespace == nil ? nil : NamedNamespace.deviceFiles
    do {
      devices = try LiveDevice.open(
        self.devices,
        options: options(isImmediate: obstacle != nil, deviceFiles ?? -1), port: port.port,
        expression: expression)
    } catch let error as CaptureError {
      try reporter.error(ErrorRecord(error))
      try reporter.report(SummaryRecord(tally: reporter.tally, owners: survey, port: port.port))
      if case .notPermitted = error.failure { return .notPermitted }
      return .usage
    }
    if let deviceFiles { close(deviceFiles) }
    for device in devices where device.name != "any" {
      // Where there is no room, the device is only lost when it goes. What goes before the helper has looked at it could
      // not be found again, so it is waited for.
      let place = UInt16(clamping: device.number)
      if helper.ask(
        .device(place, isPromiscuous: !notPromiscuous), milliseconds: Self.patience,
        descriptor: device.descriptor)
      {
        _ = helper.wait(milliseconds: Self.patience) { $0 == .deviceKept(place) }
      }
    }
    let output = LiveOutput(
      writer.take(), path: write.file ?? "", helper: helper, rotation: rotation.rotation)
    var run = LiveRun(
      devices: devices, context: context, owners: survey, helper: helper,
      printsPackets: packets.printsPackets, limit: packets.count, duration: duration,
      output: output,
      writesData: outputFile != nil, screen: screen)
    run.keepsPackets = write.file != nil
    run.namespace = namespace.map { RawPath.bytes($0) }
    let report = ParserConfinement(
      account: account, readOnly: devices.map(\.descriptor), signalAtParentsEnd: SIGTERM,
      setsTerminal: screen != nil
    ).apply()
    report.tell(what: "confinement", tellsAbsent: tells || sandbox == .strict)
    if sandbox == .strict, !report.isComplete {
      Diagnostics.say("--sandbox strict: not every right could be given up, so nothing is captured")
      return .notPermitted
    }
    defer { screen?.leave() }
    return try run.run(&reporter)
  }

  private func options(isImmediate: Bool, _ deviceFiles: Int32) -> CaptureOptions {
    var options = CaptureOptions()
    options.deviceFiles = deviceFiles
    // Where the kernel does not tell who opens sockets, every millisecond until the look-up counts.
    options.isImmediate = isImmediate
    if snapshotLength > 0 { options.snapshotLength = snapshotLength }
    if let bufferSize { options.bufferBytes = bufferSize * 1024 }
    options.isPromiscuous = !notPromiscuous
    options.direction = direction
    return options
  }
}

extension HelperMessage {
  /// Whether it says that devices may be opened.
  fileprivate var isBegin: Bool { if case .begin = self { true } else { false } }
}

extension Signals.Request {
  /// The same for the helper.
  fileprivate var wish: Helper.Wish? {
    switch self {
    case .end: .end
    case .counters: .counters
    case .flush: .flush
    // What a closed terminal says is that nobody looks any more.
    case .reopen: Terminal.isGone ? .end : .reopen
    // The parser's alone.
    case .resized, .continued: nil
    }
  }
}
