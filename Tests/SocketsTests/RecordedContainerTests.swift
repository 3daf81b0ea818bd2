import Testing

@testable import Sockets

/// What running containers looked like: Docker 20.10.24, Podman 4.3.1 with conmon 2.1.6 and LXC 5.0.2, all over cgroup
/// v1
/// and v2 at once. Incus, LXD and systemd-nspawn are made by hand after their documentation.
@Suite struct RecordedContainerTests {
  private func text(_ bytes: [UInt8]?) -> String? {
    bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  private func recorded(_ name: String) -> String {
    let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let file = try? Descriptor("/\(folder)/Recordings/\(name)")
    return text((try? file?.contents(limit: 1 << 20)) ?? []) ?? ""
  }

  /// The container of each hierarchy, with what the runtime's file says.
  private func containers(_ recording: String, _ folder: Folder) -> Set<ContainerDescription> {
    var found: Set<ContainerDescription> = []
    for line in recorded(recording).split(separator: "\n") {
      let group = ControlGroup(Array(line.utf8))
      var search = ContainerSearch(path: folder.path)
      if let identity = group.container {
        found.insert(search.container(identity, runtime: group.runtime))
      }
    }
    return found
  }

  @Test func `Docker's container has its name and image in every hierarchy`() throws {
    let identity = "afa2e816352603fac3e73aa3e51ef4ed0e37e71fbba77fecb06f57c528802fe8"
    let folder = Folder()
    folder.write(
      "/var/lib/docker/containers/\(identity)/config.v2.json",
      recorded("docker-20.10.24-config.v2.json"))
    let found = containers("docker-20.10.24-cgroup.txt", folder)
    #expect(found.count == 1)
    let container = try #require(found.first)
    #expect(text(container.identity) == identity && text(container.name) == "dweb")
    #expect(text(container.image) == "bb:1" && container.runtime == .docker)
    var search = ContainerSearch(path: folder.path)
    #expect(search.container(atAddress: Array("172.17.0.2".utf8)) == container)
    #expect(search.container(publishing: 3699, .tcp) == container)
    #expect(search.container(publishing: 3699, .udp) == nil)
    #expect(search.container(publishing: 80, .tcp) == nil)
  }

  @Test(arguments: [("/usr/sbin/dockerd", true), ("/usr/bin/other", false)])
  func `Docker's data root is also read off its daemon's command line`(
    program: String, isFound: Bool
  ) {
    let identity = "afa2e816352603fac3e73aa3e51ef4ed0e37e71fbba77fecb06f57c528802fe8"
    let folder = Folder()
    folder.write("/run/docker.pid", "77")
    folder.write("/proc/77/cmdline", "\(program)\0--data-root\0/srv/d\0-H\0fd://\0")
    folder.write(
      "/srv/d/containers/\(identity)/config.v2.json", recorded("docker-20.10.24-config.v2.json"))
    var search = ContainerSearch(path: folder.path)
    let found = search.container(Array(identity.utf8), runtime: .docker)
    #expect(text(found.name) == (isFound ? "dweb" : nil))
  }

  @Test func `Podman's container has its name, and conmon names it`() throws {
    let folder = Folder()
    folder.write(
      "/var/lib/containers/storage/overlay-containers/containers.json",
      recorded("podman-4.3.1-containers.json"))
    let found = containers("podman-4.3.1-cgroup.txt", folder)
    #expect(found.count == 1)
    let container = try #require(found.first)
    #expect(text(container.name) == "pweb" && container.runtime == .podman)
    #expect(containers("conmon-2.1.6-cgroup.txt", folder).isEmpty)
    let arguments = recorded("conmon-2.1.6-cmdline.txt").split(separator: "\n").map {
      Array($0.utf8)
    }
    let process = ProcessIdentity(
      pid: 1, startTicks: 1, command: [], executable: Array("/usr/bin/conmon".utf8),
      arguments: arguments)
    #expect(PortForwarder.read(process)?.program == .conmon)
    #expect(PortForwarder.identity(in: arguments) == container.identity)
  }

  @Test func `LXC's container has its name in every hierarchy`() throws {
    let folder = Folder()
    folder.write(
      "/var/lib/lxc/lweb/config",
      "# Template used to create this container: /usr/share/lxc/templates/lxc-download\n"
        + "# Parameters passed to the template: -d debian -r bookworm -a amd64\nlxc.uts.name = lweb\n"
    )
    let found = containers("lxc-5.0.2-cgroup.txt", folder)
    #expect(found.count == 1)
    #expect(text(found.first?.name) == "lweb" && found.first?.runtime == .lxc)
    #expect(text(found.first?.image) == "-d debian -r bookworm -a amd64")
  }

  @Test(arguments: [
    ("/var/lib/incus/containers/web", ContainerDescription.Runtime.incus),
    ("/var/snap/lxd/common/lxd/containers/web", .lxd), ("/var/lib/lxd/containers/web", .lxd),
  ])
  func `Incus and LXD are told from LXC by their files`(
    path: String, runtime: ContainerDescription.Runtime
  ) {
    let folder = Folder()
    folder.write(
      "\(path)/backup.yaml",
      "container:\n  config:\n    image.description: 'Debian bookworm amd64'\n    image.os: Debian\n"
    )
    var search = ContainerSearch(path: folder.path)
    let found = search.container(Array("web".utf8), runtime: .lxc)
    #expect(found.runtime == runtime && text(found.name) == "web")
    #expect(text(found.image) == "Debian bookworm amd64")
    // A name leads to no other folder.
    #expect(search.container(Array("../web".utf8), runtime: .lxc).runtime == .lxc)
  }

  @Test func `systemd-nspawn's machine has its name and folder`() {
    let folder = Folder()
    folder.write(
      "/run/systemd/machines/deb-12",
      "# This is private data.\nNAME=deb-12\nSERVICE=systemd-nspawn\nROOT=/var/lib/machines/deb-12\n"
    )
    var search = ContainerSearch(path: folder.path)
    let group = ControlGroup(
      Array("0::/machine.slice/machine-deb\\x2d12.scope/payload/web.service".utf8))
    let found = search.container(group.container ?? [], runtime: group.runtime)
    #expect(text(found.name) == "deb-12" && found.runtime == .nspawn)
    #expect(text(found.image) == "/var/lib/machines/deb-12")
  }
}
