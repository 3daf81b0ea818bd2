import ArgumentParser
import Captures
import Report

/// `icwscan extcap`: the port as an interface of Wireshark's, by the interface that extcap(4) describes.
///
/// Wireshark runs what lies in its extcap folder without a subcommand; every such call has an `--extcap-` option, by
/// which it is known.
struct Extcap: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The port as an interface of Wireshark's and tshark's, with verdicts and processes.",
    discussion: """
      Wireshark runs it by itself where it is installed, as extcap/icwscan in the folder that its Help, About, Folders \
      names: "Port 3699 with verdicts and processes" is then in the list of interfaces. It captures with the rights of \
      Wireshark: as root, or after setcap cap_net_raw+ep on the program.
      """)

  /// The name of the one interface.
  static let interface = "icwscan"

  @Flag(help: "List the interface.")
  var extcapInterfaces = false

  @Flag(help: "List the link types of the interface.")
  var extcapDlts = false

  @Flag(help: "List the options that can be set for the interface.")
  var extcapConfig = false

  @Flag(help: "Capture into --fifo until the reader or a signal ends it.")
  var capture = false

  @Option(help: ArgumentHelp("The interface that is meant: icwscan.", valueName: "name"))
  var extcapInterface: String?

  @Option(
    help: ArgumentHelp(
      "Only packets that also pass this filter (pcap-filter(7)); without --capture it is only checked.",
      valueName: "filter"))
  var extcapCaptureFilter: String?

  @Option(help: ArgumentHelp("Wireshark's version, which is not used.", valueName: "version"))
  var extcapVersion: String?

  @Option(help: ArgumentHelp("Where packets are written.", valueName: "path"), completion: .file())
  var fifo: String?

  @Option(
    name: .customLong("device"),
    help: ArgumentHelp(
      "Capture on this interface of the host; 'any' is the default.", valueName: "interface"),
    completion: Completions.interfaces)
  var device = "any"

  @OptionGroup var port: PortOption

  mutating func validate() throws {
    if let extcapInterface, extcapInterface != Self.interface {
      throw ValidationError(
        "there is no extcap interface \(Escaped.text(extcapInterface)): it is called icwscan")
    }
    if !extcapInterfaces, extcapInterface == nil {
      throw ValidationError(
        "Wireshark calls this; --extcap-interfaces lists what it offers (see man icwscan)")
    }
    if capture, fifo == nil { throw ValidationError("--capture needs --fifo") }
  }

  func run() throws {
    if capture {
      try run(into: fifo ?? "-")
      return
    }
    var output = Output(flushesEachLine: false)
    for line in try answer() { try output.line(line) }
    try output.flush()
  }

  private func answer() throws -> [String] {
    if extcapInterfaces {
      return [
        "extcap {version=\(Version.number)}{display=icwscan}",
        "interface {value=\(Self.interface)}{display=Port 3699 with verdicts and processes}",
      ]
    }
    // Packets come as pcapng, which names the link type of each; Wireshark only checks filters by this one.
    if extcapDlts { return ["dlt {number=1}{name=EN10MB}{display=Ethernet and others}"] }
    if extcapConfig { return configuration() }
    if let extcapCaptureFilter, !extcapCaptureFilter.isEmpty {
      // What is printed is what is wrong with it.
      do {
        _ = try UserFilter(extcapCaptureFilter, linkType: 1)
      } catch {
        return [Escaped.text(error.message ?? "not understood")]
      }
      return []
    }
    throw ValidationError("say what of the interface: --extcap-dlts, --extcap-config or --capture")
  }

  private func configuration() -> [String] {
    let devices = (try? DeviceDescription.list()) ?? []
    let names = ["any"] + devices.map(\.name).filter { $0 != "any" }
    return [
      "arg {number=0}{call=--device}{display=Interface}{tooltip=Where packets are taken}{type=selector}"
    ]
      + names.map(Self.sentence).map {
        "value {arg=0}{value=\($0)}{display=\($0)}{default=\($0 == "any")}"
      } + [
        "arg {number=1}{call=--port}{display=Port}{tooltip=The port that is looked at}"
          + "{type=unsigned}{range=1,65535}{default=3699}"
      ]
  }

  /// A name without what would end the value that it stands in.
  private static func sentence(_ name: String) -> String {
    Escaped.text(name).filter { $0 != "{" && $0 != "}" }
  }

  /// A live capture whose packets go to Wireshark, each at once, and whose lines go nowhere: what they say stands in the
  /// packets' comments.
  private func run(into fifo: String) throws {
    var words = ["-i", device, "--port", "\(port.port)", "-U", "-w", fifo, "--output", "/dev/null"]
    if let extcapCaptureFilter, !extcapCaptureFilter.isEmpty {
      words += ["--", extcapCaptureFilter]
    }
    try Live.parse(words).run()
  }
}
