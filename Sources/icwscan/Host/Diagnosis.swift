import CallWaiting
import Captures
import Confine
import Report
import Sockets

/// Everything that `doctor` looks at, in the order in which people run into it.
enum Diagnosis {
  /// All checks of this host and this process.
  static func all() -> [Check] {
    rights() + [hidepid()] + facilities() + sandbox() + libraries() + interfaces()
  }

  private static func rights() -> [Check] {
    let held = Capabilities.current()
    func check(_ name: String, _ has: Bool, loss: String, remedy: String = "sudo icwscan") -> Check
    {
      Check(name, has ? .yes : .no, loss: loss, remedy: remedy)
    }
    return [
      check(
        "CAP_NET_RAW", held.hasNetRaw, loss: "live capture",
        remedy: "sudo icwscan, or once: sudo setcap cap_net_raw+ep \"$(command -v icwscan)\""),
      check(
        "CAP_NET_ADMIN", held.hasNetAdmin,
        loss: "promiscuous mode on some drivers, sockets' firewall marks, firewall rules"),
      check(
        "CAP_SYS_PTRACE", held.hasSysPtrace, loss: "processes of other users that hold the port"),
      check(
        "CAP_DAC_READ_SEARCH", held.hasDacReadSearch, loss: "descriptors of other users' processes"),
      check(
        "CAP_SYS_ADMIN", held.hasSysAdmin, loss: "sockets in other network namespaces (containers)"),
    ]
  }

  private static func hidepid() -> Check {
    let loss = "processes of other users that hold the port"
    guard let mount = ProcMount.current() else {
      return Check("all processes", .unknown, "/proc is not mounted as expected", loss: loss)
    }
    let hides = mount.hides(from: Capabilities.current(), groups: ProcMount.ownGroups())
    return Check(
      "all processes", hides ? .no : .yes,
      "/proc \(hides ? "hides" : "shows") other users' processes",
      loss: loss,
      remedy: "sudo icwscan, or: sudo mount -o remount,hidepid=0 /proc")
  }

  private static func facilities() -> [Check] {
    [
      tracefs(),
      Check(
        "proc connector", Facility.procConnector(),
        loss: "owner --watch: holders that come and go within a second",
        remedy:
          "sudo icwscan, outside of every container, on a kernel with CONFIG_PROC_EVENTS"),
      Check(
        "sock_diag (tcp)", Facility.sockDiag(.tcp), loss: "speed: /proc/net is read instead",
        remedy: "sudo modprobe tcp_diag"),
      Check(
        "sock_diag (udp)", Facility.sockDiag(.udp), loss: "speed: /proc/net is read instead",
        remedy: "sudo modprobe udp_diag"),
    ]
  }

  private static func tracefs() -> Check {
    let obstacle = Facility.traceObstacle()
    let remedy =
      switch obstacle {
      case nil, .system: "sudo icwscan doctor"
      case .notPermitted: "sudo icwscan, on a kernel that is not locked down"
      case .notInKernel: "a kernel with CONFIG_FTRACE, CONFIG_EVENT_TRACING and CONFIG_INET"
      case .otherPIDNamespace: "sudo icwscan, outside this container or sandbox"
      }
    return Check(
      "tracefs", obstacle == nil ? .yes : .no,
      obstacle.map { Words.of($0) } ?? "the kernel tells who opens sockets on the port",
      loss: "owners of connections and datagrams whose process ends before it can be looked up",
      remedy: remedy)
  }

  private static func sandbox() -> [Check] {
    let landlock = Landlock.version
    return [
      Check(
        "Landlock", landlock == nil ? .no : .yes, landlock.map { "version \($0)" } ?? "",
        loss: "one layer of confinement while packets and files are read",
        remedy: "a kernel with CONFIG_SECURITY_LANDLOCK"),
      Check(
        "seccomp", Facility.seccomp(),
        loss: "one layer of confinement while packets and files are read",
        remedy: "a kernel with CONFIG_SECCOMP_FILTER"),
      Check(
        "user namespaces", Facility.userNamespaces(), loss: "the demonstration without root",
        remedy: "sudo sysctl user.max_user_namespaces=15000"),
    ]
  }

  private static func libraries() -> [Check] {
    let version = PcapLibrary.version
    let remedy = "install it with the system's package manager"
    return [
      Check(
        "libpcap", version == nil ? .no : .yes, Escaped.text(version ?? ""),
        loss: "live capture, filters, and captures of raw IP and of rarer kinds", remedy: remedy),
      Check(
        "libarchive", ArchiveLibrary.isPresent ? .yes : .no,
        loss: "archives, and captures that are compressed otherwise than by gzip", remedy: remedy),
      Check(
        "zlib", GzipLibrary.isPresent ? .yes : .no, loss: "captures that are compressed by gzip",
        remedy: remedy),
      Check(
        "expat", SPIRITSDocument.prepare() ? .yes : .no,
        loss: "live, analyze and merge: verdicts would be others without it", remedy: remedy),
      Check(
        "libseccomp", SeccompLibrary.isPresent ? .yes : .no,
        loss: "one layer of confinement while packets and files are read", remedy: remedy),
    ]
  }

  private static func interfaces() -> [Check] {
    guard let devices = try? DeviceDescription.list(), !devices.isEmpty else {
      return [
        Check("interfaces", .no, loss: "live capture", remedy: "sudo icwscan doctor")
      ]
    }
    let up = devices.filter(\.isUp).map { Escaped.text($0.name) }
    return [
      Check(
        "interfaces", up.isEmpty ? .no : .yes, up.joined(separator: " "), loss: "live capture",
        remedy: "ip link set dev NAME up")
    ]
  }
}
