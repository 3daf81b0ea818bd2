import ArgumentParser
import CallWaiting
import Packets
import Report
import Verdicts

/// What the operator knows and what counts as a failure.
struct VerdictOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      Addresses that you know were KPN's ICW servers, as 192.0.2.0/24; repeatable. Only this can make a verdict \
      genuine-kpn-icw, and only for captures of 2003-02-01 to 2021-10-01.
      """, valueName: "prefix"))
  var icwServer: [Prefix] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "File with KPN's address blocks at the time of the capture, one a line; # begins a comment.",
      valueName: "file"), completion: .file())
  var kpnPrefix: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "File with rules that name applications of your own (see icwscan rules).", valueName: "file"),
    completion: .file())
  var rules: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Exit with 5 when a flow has one of these classes.", valueName: "class,..."),
    completion: Completions.classes)
  var failOn: VerdictClasses?

  /// What the operator knows, as one would type it again.
  var typed: [RunOptions.Option] {
    icwServer.map { .init("--icw-server", typed: $0.description, placeholder: "PREFIX") }
      + [
        kpnPrefix.map { .init("--kpn-prefix", typed: $0, placeholder: "FILE") },
        rules.map { .init("--rules", typed: $0, placeholder: "FILE") },
      ].compactMap(\.self)
  }

  /// The context of every verdict.
  func context(port: UInt16, isLive: Bool) throws -> VerdictContext {
    // Without it verdicts would be others, and a process that gave up opening files can't load it.
    guard SPIRITSDocument.prepare() else {
      Diagnostics.say("a library is missing: expat; install libexpat1")
      throw ExitStatus.usage
    }
    var context = VerdictContext(
      port: port, icwServers: icwServer, kpnPrefixes: try kpnPrefix.map(PrefixFile.read) ?? [],
      isLive: isLive)
    context.rules = try RulePath.rules(rules)
    return context
  }
}
