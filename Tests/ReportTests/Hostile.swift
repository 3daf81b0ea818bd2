import CallWaiting
import Flows
import Identify
import Packets
import Report
import Sockets
import Verdicts

/// Every value that carries strings from outside, filled with one hostile string.
struct Hostile {
  let bytes: [UInt8]
  private var text: String { String(decoding: bytes, as: UTF8.self) }

  static let strings: [[UInt8]] = [
    Array("\u{1b}[31mred".utf8), Array("a)\nb".utf8), Array("a\rb\tc".utf8),
    Array("\u{202e}cod.exe".utf8),
    Array("\u{2066}\u{200e}\u{61c}".utf8), Array("\u{2028}\u{2029}\u{85}".utf8),
    Array("\u{9b}2J\u{90}".utf8),
    Array("\u{feff}\u{200b}\u{e0001}".utf8), Array((0...0x1f).map { UInt8($0) }) + [0x7f],
    [0xff, 0xfe, 0x1b, 0x5b, 0xc3], [0x9b, 0x33, 0x31, 0x6d], Array("\u{1b}]0;title\u{7}".utf8),
    [0],
    Array("\" , \\\" } ] '".utf8), Array(repeating: 0x1b, count: 5000),
  ]

  var process: ProcessIdentity {
    ProcessIdentity(
      pid: 7, startTicks: 1, startTime: 5, command: bytes, executable: bytes,
      isExecutableDeleted: true,
      arguments: [bytes, bytes], user: 5, userName: text, parent: 1, workingDirectory: bytes,
      unit: bytes,
      containerID: bytes)
  }

  var origin: Origin { Origin(file: bytes, member: bytes, interface: bytes) }

  var flow: FlowRecord {
    let verdict = Verdict(
      .otherApplication, application: text, role: .server,
      evidence: [
        Evidence(.recognised, detail: text), Evidence(.ipv6, .against, points: -3, detail: text),
      ],
      missing: Missing.allCases, points: 1,
      recognition: Recognition(
        "http", .answered, grounds: [Ground(.client, 0, 3, text)],
        facts: Field.allCases.map { Fact($0, text) }),
      runnersUp: [text], tool: text)
    var record = FlowRecord(
      flow: Samples.flow(), verdict: verdict, origin: origin, action: .start,
      clientProcess: process,
      serverProcess: process, missingOwner: .vanished, clientAttribution: .event,
      serverAttribution: .exact)
    record.clientName = text
    record.serverName = text
    record.unplacedProcess = process
    record.unplacedProcess?.isClaim = true
    record.comments = [FlowRecord.Comment(packet: 3, text: bytes)]
    record.commentsNotListed = 2
    record.refusal = FirewallRefusal(
      isRejected: true,
      rule: FirewallRule(tool: .nft, family: .inet, table: bytes, chain: bytes, text: bytes))
    record.translated = TranslatedFlow(client: Samples.client, server: Samples.server)
    record.interfaces = [bytes, bytes]
    return record
  }

  var call: CallRecord {
    var call = Call(carrier: .spirits, alerted: Samples.start, packet: 1)
    call.calling = text
    call.callingName = text
    call.called = text
    call.forwardedTo = text
    call.choice = .forward
    call.detectionPoint = text
    call.cause = text
    return CallRecord(call: call, flow: Samples.flow(), origin: origin)
  }

  var container: ContainerDescription {
    var container = ContainerDescription(
      identity: bytes, runtime: .containerd, name: bytes, image: bytes)
    container.pod = bytes
    container.podNamespace = bytes
    return container
  }

  /// Everything that is told of a process, each form of its origin and package once.
  func provenance(_ origin: ProcessOrigin, _ package: PackageAnswer) -> Provenance {
    var provenance = Provenance()
    provenance.ancestors = [process, process]
    provenance.origin = origin
    provenance.executableState = .replaced
    provenance.script = InterpretedProgram(form: .script, name: bytes)
    provenance.script?.interpreter = .perl
    provenance.package = package
    provenance.executableHash = Array(repeating: 171, count: 32)
    provenance.capabilities = 0x1FF_FEFF_FFFF
    provenance.seccomp = .filter
    provenance.hasNoNewPrivileges = true
    provenance.loginUser = 1000
    provenance.loginUserName = text
    provenance.preload = bytes
    provenance.systemPreload = bytes
    provenance.root = bytes
    provenance.terminal = text
    provenance.namespacePID = 3
    provenance.isStopped = true
    provenance.controlGroup = bytes
    provenance.container = container
    provenance.forwarder = PortForwarder(
      program: .dockerProxy, address: bytes, port: 80, namespacePath: bytes, container: container)
    return provenance
  }

  var survey: PortSurvey {
    let origins: [ProcessOrigin] = [
      .ssh(client: bytes), .terminal(text), .cron(bytes), .at, .timer(unit: bytes, timer: bytes),
      .unit(bytes), .container,
    ]
    let packages: [PackageAnswer] = [
      .package(.dpkg, name: bytes, version: bytes), .unowned(.apk), .notRead(.rpm), .noDatabase,
      .notLookedFor, .notLookedFor, .notLookedFor,
    ]
    let claim = UnitClaim(
      unit: bytes, path: bytes, transport: .tcp, address: [127, 0, 0, 1], service: bytes,
      acceptsEach: true, isEnabled: true)
    let holders = zip(origins, packages).enumerated().map { index, pair in
      var holder = Holder(process: process, descriptors: [3], isInherited: true)
      holder.process.pid += Int32(index)
      holder.rings = [9]
      holder.provenance = provenance(pair.0, pair.1)
      return holder
    }
    var owned = Samples.listener(holders)
    owned.namespace = NetworkNamespace(inode: 4, name: bytes)
    owned.socket.congestion = text
    owned.socket.boundInterface = 2
    owned.socket.boundInterfaceName = text
    owned.socket.upperLayer = text
    owned.socket.isMultipath = true
    owned.socket.mark = 7
    owned.socket.timer = SocketTimer(kind: .keepAlive, milliseconds: 5, retransmissions: 1)
    owned.socket.lastSentMilliseconds = 3
    owned.socket.lastReceivedMilliseconds = 4
    owned.activation = [claim]
    var inContainer = owned
    inContainer.namespace?.container = container
    var nobody = Samples.listener([], missing: .permissionDenied)
    nobody.controlGroup = bytes
    var survey = PortSurvey(
      sockets: [owned, inContainer, nobody], unreadableProcesses: 2, namespacesNotEntered: 1)
    survey.notEntered = [inContainer.namespace].compactMap(\.self)
    survey.unreadable = [1, 9]
    survey.unserved = [[192, 0, 2, 7], [UInt8](repeating: 0xfe, count: 16)]
    var other = claim
    other.unit = bytes + [0x41]
    other.isUserUnit = false
    survey.units = [claim, other]
    survey.firewalls = firewalls
    for index in survey.sockets.indices {
      survey.sockets[index].inputFilters = survey.firewalls[index % 2].filters
    }
    return survey
  }

  /// Every kind of finding, in this namespace and in another.
  private var firewalls: [FirewallReading] {
    let rule = FirewallRule(
      tool: .nft, family: .inet, table: bytes, chain: bytes, number: 4, text: bytes)
    let policy = FirewallRule(
      tool: .iptablesLegacy, family: .ip6, table: bytes, chain: bytes, text: bytes)
    var own = FirewallReading(tables: .notPermitted, legacyTables: .absent)
    own.publications = PortPublication.Kind.allCases.flatMap { kind in
      PortPublication.Hook.allCases.map { hook in
        var publication = PortPublication(
          kind: kind, transport: .tcp, address: kind == .redirect ? nil : [10, 0, 0, 5], port: 80,
          rule: rule, hook: hook, conditions: [bytes], before: [policy])
        publication.container = container
        return publication
      }
    }
    own.refusals = [policy]
    own.filters = InputFilter.State.allCases.map {
      InputFilter(transport: .tcp, isIPv6: $0 == .dropped, state: $0, rule: rule, before: [policy])
    }
    var other = own
    other.namespace = NetworkNamespace(inode: 4, name: bytes)
    other.tables = .tooMany
    other.filters = [
      InputFilter(transport: .udp, isIPv6: false, state: .notEvaluated, obstacle: .tooMany)
    ]
    return [own, other]
  }

  var error: ErrorRecord {
    var error = ErrorRecord(.damaged, source: bytes, message: text, offset: 4, member: bytes)
    error.leftOut = ErrorRecord.LeftOut(bytes: .max, places: .max)
    return error
  }

  var summary: SummaryRecord {
    var tally = Tally()
    tally.note(flow)
    return SummaryRecord(tally: tally, counters: DropsRecord(origin: origin), owners: survey)
  }

  /// Every record as JSON.
  var json: [JSONValue] {
    var orphan = Samples.orphan
    orphan.origin = origin
    return [
      flow.json, call.json, orphan.json, error.json, summary.json, summary.counters.json,
    ] + survey.sockets.map { SocketRecord(owned: $0, port: 3699).json } + changes.map(\.json)
  }

  /// Every line of text.
  var lines: [String] {
    let report = TextReport(style: Style(explain: true))
    return report.flow(flow) + report.call(call) + report.owner(survey) + report.summary(summary)
      + changes.flatMap { report.change($0) } + [report.error(error), PcapComment.text(flow)]
  }

  /// Every kind of change.
  private var changes: [SocketRecord] {
    let sockets = survey.sockets
    // One holder: the others are in the survey's own records.
    var owned = sockets[1]
    owned.holders = Array(owned.holders.prefix(1))
    var former = owned.holders
    former.indices.forEach { former[$0].process.command += bytes }
    former.append(Self.stranger(bytes))
    var unseen = SocketChange(.vanished, sockets[2])
    unseen.livedBetweenLooks = true
    let all = SocketChange.Kind.allCases.map {
      SocketChange($0, owned, previousState: .synSent, previousHolders: former)
    }
    return (all + [unseen]).map { SocketRecord(change: $0, port: 3699, time: Samples.start) }
  }

  private static func stranger(_ bytes: [UInt8]) -> Holder {
    var process = Samples.python
    process.pid = 9_999
    process.arguments = [bytes]
    return Holder(process: process, descriptors: [5])
  }
}
