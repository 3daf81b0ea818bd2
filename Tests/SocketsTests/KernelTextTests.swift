import Testing

@testable import Sockets

@Suite struct KernelTextTests {
  static let identity = String(repeating: "0123456789abcdef", count: 4)

  @Test(arguments: [
    ("0::/system.slice/nginx.service", "nginx.service", nil),
    ("0::/user.slice/user-1000.slice/user@1000.service/app.slice/web.service", "web.service", nil),
    ("0::/user.slice/user-0.slice/session-2.scope", "session-2.scope", nil),
    ("0::/system.slice/docker-\(identity).scope", "docker-\(identity).scope", identity),
    ("12:pids:/docker/\(identity)\n1:name=systemd:/docker/\(identity)", nil, identity),
    (
      "0::/kubepods.slice/pod1.slice/cri-containerd-\(identity).scope",
      "cri-containerd-\(identity).scope", identity
    ),
    ("0::/kubepods.slice/crio-\(identity).scope/container", "crio-\(identity).scope", identity),
    ("0::/machine.slice/libpod-\(identity).scope/container", "libpod-\(identity).scope", identity),
    ("0::/machine.slice/libpod-conmon-\(identity).scope", "libpod-conmon-\(identity).scope", nil),
    ("0::/system.slice/a.slice:cri-containerd:\(identity)", nil, identity),
    ("0::/lxc.payload.web/init.scope", "init.scope", "web"),
    ("8:cpu:/lxc/web/x", nil, "web"), ("8:cpu:/lxc.payload/web", nil, "web"),
    ("0::/lxc.monitor.web", nil, nil), ("8:cpu:/lxc.monitor/web", nil, nil),
    (
      "0::/machine.slice/systemd-nspawn@deb.service/payload/init.scope", "init.scope", "deb"
    ),
    (
      "0::/machine.slice/systemd-nspawn@deb.service/supervisor", "systemd-nspawn@deb.service", nil
    ),
    ("0::/machine.slice/machine-deb.scope/supervisor", "machine-deb.scope", nil),
    ("0::/machine.slice/machine-deb.scope", "machine-deb.scope", "deb"),
    ("0::/machine.slice/machine-qemu\\x2d1\\x2dvm.scope", "machine-qemu\\x2d1\\x2dvm.scope", nil),
    ("0::/", nil, nil), ("", nil, nil), ("nonsense", nil, nil), ("0::/.service", nil, nil),
  ])
  func `a control group tells its unit and container`(
    text: String, unit: String?, container: String?
  ) {
    let group = ControlGroup(Array(text.utf8))
    #expect(group.unit.map { String(decoding: $0, as: UTF8.self) } == unit)
    #expect(group.container.map { String(decoding: $0, as: UTF8.self) } == container)
  }

  @Test func `the last mount of proc tells what is hidden`() throws {
    let lines = """
      22 27 0:21 / /proc rw,relatime shared:5 - proc proc rw
      30 27 0:30 / /mnt/proc rw - proc proc rw,hidepid=4
      31 22 0:31 / /proc rw,relatime - proc proc rw,gid=7,hidepid=invisible
      """
    let mount = try #require(ProcMount(mountinfo: Array(lines.utf8), path: "/proc"))
    #expect(mount.hidepid == .invisible && mount.exemptGroup == 7)
    let none = Capabilities(effective: 0)
    #expect(mount.hides(from: none, groups: [100]))
    #expect(!mount.hides(from: none, groups: [7]))
    #expect(!mount.hides(from: Capabilities(effective: 1 << 19), groups: []))
    #expect(ProcMount(mountinfo: Array(lines.utf8), path: "/mnt/proc")?.hidepid == .ptraceable)
    #expect(ProcMount(mountinfo: Array(lines.utf8), path: "/nowhere") == nil)
  }

  @Test func `capabilities are told apart`() throws {
    let text = "Name:\tx\nCapEff:\t0000000000003000\n"
    let raw = try #require(Capabilities(status: Array(text.utf8)))
    #expect(raw.hasNetRaw && raw.hasNetAdmin)
    #expect(!raw.hasSysPtrace && !raw.hasDacReadSearch && !raw.hasSysAdmin)
    #expect(Capabilities(status: Array("CapEff:\tzz\n".utf8)) == nil)
  }

  @Test(arguments: [
    ("32768\t60999\n", 32768...60999 as ClosedRange<UInt16>?), ("1 1", 1...1), ("9 8", nil),
    ("1", nil), ("", nil), ("1 70000", nil), ("a b", nil), ("1 2 3", nil),
  ])
  func `the ephemeral range is two ports in order`(text: String, range: ClosedRange<UInt16>?) {
    #expect(EphemeralRange.parse(Array(text.utf8)) == range)
  }

  @Test func `users are named by the first line of their number`() {
    let names = UserNames(
      Array(
        "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/:\n:x:5:5::/:\nx:y\nweb:x:33:33::/:\n".utf8))
    #expect(names[0] == "root" && names[33] == "web" && names[5] == nil)
    #expect(UserNames(file: "/nonexistent/passwd")[0] == nil)
  }

  @Test func `ticks become a time of day`() throws {
    let clock = try #require(
      BootClock(Array("cpu 1 2\nbtime 1700000000\n".utf8), ticksPerSecond: 100))
    #expect(clock.time(atTicks: 250) == 1_700_000_002_500_000_000)
    #expect(clock.time(atTicks: .max) == nil)
    #expect(clock.time(atTicks: UInt64(Int64.max)) == nil)
    #expect(BootClock([], ticksPerSecond: 100) == nil)
  }

  @Test(arguments: [
    ("socket:[4711]", 4711 as UInt32?), ("socket:[4294967295]", .max), ("socket:[4294967296]", nil),
    ("socket:[]", nil), ("socket:[47", nil), ("pipe:[4711]", nil), ("socket:[47x1]", nil),
    ("/home/socket:[1]", nil), ("", nil), ("socket:[99999999999999999999]", nil),
  ])
  func `only a socket's link has an inode`(link: String, inode: UInt32?) {
    #expect(SocketLink.inode(Array(link.utf8).span) == inode)
  }

  @Test func `a namespace link has its number`() {
    #expect(NamespaceSearch.inode(Array("net:[4026531840]".utf8)) == 4_026_531_840)
    #expect(NamespaceSearch.inode(Array("pid:[1]".utf8)) == nil)
    #expect(NamespaceSearch.inode(nil) == nil)
  }

  @Test func `every loopback address is this host's, mapped or not`() {
    let addresses = HostAddresses([[192, 0, 2, 1]])
    #expect(addresses.contains([127, 9, 9, 9]) && addresses.contains([192, 0, 2, 1]))
    #expect(addresses.contains([UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 192, 0, 2, 1]))
    #expect(!addresses.contains([192, 0, 2, 2]) && !addresses.contains([]))
    #expect(HostAddresses().contains(TestSocket.loopback4))
  }
}
