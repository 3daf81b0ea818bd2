import Testing

@testable import Sockets

@Suite struct UnitTests {
  private func claims(_ folder: Folder) -> [UnitClaim] {
    UnitSearch.claims(port: 3699, in: UnitDirectories(root: folder.path))
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: [
    ("3699", SocketEntry.Transport.tcp, [UInt8]()),
    ("127.0.0.1:3699", .tcp, [127, 0, 0, 1]),
    ("[::1]:3699", .tcp, [UInt8](repeating: 0, count: 15) + [1]),
    ("[::]:3699%eth0", .tcp, [UInt8](repeating: 0, count: 16)),
  ])
  func `a listen address names the port`(
    value: String, transport: SocketEntry.Transport, address: [UInt8]
  ) throws {
    let folder = Folder()
    folder.write("/etc/systemd/system/web.socket", "[Socket]\nListenStream=\(value)\n")
    let claim = try #require(claims(folder).first)
    #expect(claim.transport == transport && claim.address == address)
    #expect(text(claim.service) == "web.service" && !claim.isEnabled && !claim.acceptsEach)
  }

  @Test(arguments: [
    "13699", "/run/3699", "@3699", "vsock:2:3699", "3699x", "x:3699", "", "%t:3699",
  ])
  func `other addresses do not`(value: String) {
    let folder = Folder()
    folder.write("/etc/systemd/system/web.socket", "[Socket]\nListenStream=\(value)\n")
    #expect(claims(folder).isEmpty)
  }

  @Test func `folders, drop-ins, templates, masks and wishes count as for systemd`() throws {
    let folder = Folder()
    folder.write("/usr/lib/systemd/system/a.socket", "[Socket]\nListenStream=3699\n")
    folder.write("/etc/systemd/system/a.socket", "[Socket]\nListenStream=80\n")
    folder.write(
      "/usr/lib/systemd/system/b.socket",
      "[Socket]\n# ListenStream=3699\nListenStream=81\nListenDatagram=\\\n 3699\nAccept=yes\n")
    folder.link("/etc/systemd/system/sockets.target.wants/b.socket", to: "/x/b.socket")
    folder.write("/usr/lib/systemd/system/c.socket", "[Socket]\nListenStream=3699\n")
    folder.write(
      "/etc/systemd/system/c.socket.d/own.conf", "[Socket]\nListenStream=\nListenStream=82\n")
    folder.write(
      "/usr/lib/systemd/system/d@.socket", "[Socket]\nListenStream=%i\nService=x.service\n")
    folder.link("/etc/systemd/system/sockets.target.wants/d@3699.socket", to: "/x/d@.socket")
    folder.write("/usr/lib/systemd/system/e.socket", "[Socket]\nListenStream=3699\n")
    folder.link("/etc/systemd/system/e.socket", to: "/dev/null")
    folder.write("/usr/lib/systemd/system/f.socket", "[Other]\nListenStream=3699\n")
    let found = claims(folder)
    #expect(found.map { text($0.unit) } == ["b.socket", "d@3699.socket"])
    #expect(found[0].transport == .udp && found[0].acceptsEach && found[0].isEnabled)
    #expect(text(found[0].service) == "b@.service" && text(found[1].service) == "x.service")
  }

  @Test func `a drop-in of an instance may name the port where its template does not`() {
    let folder = Folder()
    folder.write("/usr/lib/systemd/system/d@.socket", "[Socket]\nListenStream=/run/%i\n")
    folder.link("/etc/systemd/system/sockets.target.wants/d@one.socket", to: "/x/d@.socket")
    folder.write("/etc/systemd/system/d@one.socket.d/own.conf", "[Socket]\nListenStream=3699\n")
    #expect(claims(folder).map { text($0.unit) } == ["d@one.socket"])
  }

  @Test func `a folder with two names is listed by the one that counts more`() {
    let folder = Folder()
    folder.write("/usr/lib/systemd/system/a.socket", "[Socket]\nListenStream=3699\n")
    folder.link("/lib", to: "usr/lib")
    #expect(claims(folder).map { text($0.path) } == ["/usr/lib/systemd/system/a.socket"])
  }

  @Test func `two units that want the same address are a conflict`() {
    let folder = Folder()
    folder.write("/etc/systemd/system/a.socket", "[Socket]\nListenStream=3699\n")
    folder.write("/etc/systemd/system/b.socket", "[Socket]\nListenStream=127.0.0.1:3699\n")
    folder.write("/etc/systemd/system/c.socket", "[Socket]\nListenDatagram=3699\n")
    let survey = {
      var survey = PortSurvey(); survey.units = claims(folder); return survey
    }()
    #expect(
      survey.unitConflicts.map { [text($0.unit), text($1.unit)] } == [["a.socket", "b.socket"]])
  }

  @Test func `a timer is told by its name, unless it is for another unit`() {
    let folder = Folder()
    folder.write("/etc/systemd/system/a.timer", "[Timer]\nOnCalendar=daily\n")
    folder.write("/etc/systemd/system/b.timer", "[Timer]\nUnit=x.service\n")
    let units = UnitDirectories(root: folder.path)
    #expect(units.timer(of: Array("a.service".utf8)) == Array("a.timer".utf8))
    #expect(units.timer(of: Array("b.service".utf8)) == nil)
    #expect(units.timer(of: Array("c.service".utf8)) == nil)
    #expect(units.timer(of: Array("a.scope".utf8)) == nil)
  }

  @Test func `the origin is told by ancestors, else by the unit`() {
    let process = ProcessIdentity(
      pid: 9, startTicks: 9, command: [], unit: Array("a.service".utf8))
    let units = UnitDirectories(root: "/nowhere")
    var provenance = Provenance()
    let environment = ProcessEnvironment(
      Array("A=1\0SSH_CONNECTION=192.0.2.1 5 192.0.2.2 22\0".utf8))
    let origin = { ProcessOrigin.of(process, provenance, environment: environment, units: units) }
    #expect(origin() == .unit(Array("a.service".utf8)))
    provenance.terminal = Terminal.name(ofDevice: 34819)
    #expect(origin() == .terminal("/dev/pts/3"))
    provenance.ancestors = [
      ProcessIdentity(
        pid: 3, startTicks: 3, command: [], executable: Array("/usr/sbin/cron".utf8))
    ]
    #expect(origin() == .cron(Array("cron".utf8)))
    provenance.ancestors[0].executable = Array("/usr/sbin/sshd".utf8)
    #expect(origin() == .ssh(client: Array("192.0.2.1".utf8)))
  }
}
