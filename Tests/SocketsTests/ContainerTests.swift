import Testing

@testable import Sockets

/// State files in the form that each runtime's documentation gives; none was recorded from a running one.
@Suite struct ContainerTests {
  static let identity = String(repeating: "0123456789abcdef", count: 4)

  private func container(
    _ runtime: ContainerDescription.Runtime?, _ folder: Folder
  ) -> ContainerDescription {
    var search = ContainerSearch(path: folder.path)
    return search.container(Array(Self.identity.utf8), runtime: runtime)
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(arguments: [ContainerDescription.Runtime.docker, nil])
  func `Docker's configuration tells name and image`(runtime: ContainerDescription.Runtime?) {
    let folder = Folder()
    folder.write("/etc/docker/daemon.json", #"{"data-root": "/srv/docker"}"#)
    folder.write(
      "/srv/docker/containers/\(Self.identity)/config.v2.json",
      #"{"State":{"Running":true},"Name":"/web\u001b[31m","Config":{"Image":"nginx:1.25"},"NetworkSettings":{"Networks":{"bridge":{"IPAddress":"172.17.0.2"}}}}"#
    )
    let found = container(runtime, folder)
    #expect(found.name == bytes("web\u{1b}[31m") && found.image == bytes("nginx:1.25"))
    #expect(found.runtime == .docker)
    var search = ContainerSearch(path: folder.path)
    #expect(search.container(atAddress: bytes("172.17.0.2"))?.name == found.name)
    #expect(search.container(atAddress: bytes("172.17.0.3")) == nil)
  }

  @Test func `containerd, CRI-O and Podman tell pod and name`() {
    let folder = Folder()
    folder.write(
      "/run/containerd/io.containerd.runtime.v2.task/k8s.io/\(Self.identity)/config.json",
      #"{"annotations":{"io.kubernetes.cri.container-name":"app","io.kubernetes.cri.sandbox-name":"cart-1","io.kubernetes.cri.sandbox-namespace":"shop"}}"#
    )
    let one = container(.containerd, folder)
    #expect(one.name == bytes("app") && one.pod == bytes("cart-1"))
    #expect(one.podNamespace == bytes("shop"))
    let other = Folder()
    other.write(
      "/run/containers/storage/overlay-containers/\(Self.identity)/userdata/config.json",
      #"{"annotations":{"io.kubernetes.container.name":"db","io.kubernetes.pod.name":"p","io.kubernetes.pod.namespace":"n"}}"#
    )
    #expect(container(.crio, other).name == bytes("db"))
    let third = Folder()
    third.write("/etc/passwd", "a:x:1000:1000::/home/a:/bin/sh\n")
    third.write(
      "/home/a/.local/share/containers/storage/overlay-containers/containers.json",
      #"[{"id":"x"},{"id":"\#(Self.identity)","names":["pod-web"],"metadata":"{\"image-name\":\"docker.io/x\"}"}]"#
    )
    let podman = container(.podman, third)
    #expect(podman.name == bytes("pod-web") && podman.image == bytes("docker.io/x"))
  }

  @Test func `without state only the identity is told`() {
    let found = container(nil, Folder())
    #expect(found == ContainerDescription(identity: bytes(Self.identity)))
    let folder = Folder()
    folder.write("/var/lib/docker/containers/\(Self.identity)/config.v2.json", #"{"Name":"/w"#)
    #expect(container(.docker, folder).name == nil)
  }

  @Test(arguments: [
    (
      "/usr/bin/docker-proxy",
      "-proto tcp -host-port 3699 -container-ip 172.17.0.2 -container-port 80",
      PortForwarder(program: .dockerProxy, address: Array("172.17.0.2".utf8), port: 80)
    ),
    (
      "/usr/bin/pasta.avx2", "--config-net -t 3699-3699:80-80 --netns /run/netns/x",
      PortForwarder(program: .pasta, namespacePath: Array("/run/netns/x".utf8))
    ),
    (
      "/usr/bin/slirp4netns", "-c --netns-type=path /run/netns/y tap0",
      PortForwarder(program: .slirp4netns, namespacePath: Array("/run/netns/y".utf8))
    ),
    ("/usr/lib/podman/rootlessport", "", PortForwarder(program: .rootlessport)),
    ("/usr/bin/conmon", "--api-version 1 -c \(identity) -n web", PortForwarder(program: .conmon)),
  ])
  func `a forwarder is told by its program and arguments`(
    executable: String, line: String, expected: PortForwarder
  ) {
    let process = ProcessIdentity(
      pid: 5, startTicks: 1, command: [], executable: bytes(executable),
      arguments: [bytes("x")] + line.split(separator: " ").map { bytes("\($0)") })
    #expect(PortForwarder.read(process) == expected)
    if expected.program == .conmon {
      #expect(PortForwarder.identity(in: process.arguments) == bytes(Self.identity))
    }
  }

  @Test func `registered files of io_uring are read from their section only`() {
    let text = """
      pos:\t0
          7: socket:[1]
      UserFiles:\t3
          0: socket:[839726]
          1: <none>
          2: /tmp/x
      UserBufs:\t1
          0: socket:[2]
      """
    #expect(RingSearch.files(in: Array(text.utf8)) == [839726])
  }

  static let document = #"{"a":[1,-2.5e3,true,null,"\u00e9\ud83d\ude00\n\/"],"b":{"c":"d"}}"#

  @Test func `a JSON document is read`() throws {
    let document = try #require(JSONDocument(Array(Self.document.utf8)))
    #expect(document["b"]?["c"]?.text == Array("d".utf8))
    #expect(document["a"]?.elements.last?.text == Array("é😀\n/".utf8))
    #expect(JSONDocument(Array((String(repeating: "[", count: 5_000)).utf8)) == nil)
  }

  @Test(arguments: 0..<document.utf8.count)
  func `a cut JSON document is none`(length: Int) {
    #expect(JSONDocument(Array(Self.document.utf8.prefix(length))) == nil)
  }
}
