@testable import Sockets

extension FuzzTarget {
  /// Files that other programs of the host wrote: users, units, packages, the state of containers. The first byte says
  /// which.
  static let hostFiles = FuzzTarget(name: "host-files", longest: 16_384) {
    [
      [0] + Recordings.bytes("/etc/passwd", most: 4_000),
      [1]
        + Array(
          "[Unit]\nA=b \\\n c\n# x\n[Socket]\nListenStream=\nListenStream=[::1]:3699%lo\n".utf8),
      [2] + Array("web\\x2d1@3699.socket".utf8), [3] + Array("127.0.0.1:3699".utf8),
      [4] + Recordings.bytes("/var/lib/dpkg/status", most: 8_000),
      [5] + Array("P:musl\nV:1.2.5-r0\nF:lib\nR:ld-musl-x86_64.so.1\n\nP:a\n".utf8),
      [6] + rpmHeader,
      [7]
        + Array(
          "{\"Name\":\"/a\",\"Config\":{\"Image\":\"b\\u00e9\"},\"c\":[1,-2.5e3,true,null]}".utf8),
    ]
  } run: { bytes in
    var input = FuzzInput(bytes)
    let kind = input.byte()
    readFile(kind, input.rest())
  }

  private static func readFile(_ kind: UInt8, _ text: [UInt8]) {
    switch kind {
    case 0: _ = UserNames(text)[0]
    case 1:
      var unit = UnitFile()
      unit.add(text)
      demand(unit.settings.count <= 4_096, "settings are bounded")
      for listen in unit.listens { _ = ListenAddress(listen.value) }
    case 2:
      demand(UnitName.unescaped(text).count <= text.count, "escapes are longer than what they mean")
      if let parts = UnitName.parts(text) {
        demand(parts.prefix.count + parts.kind.count < text.count, "parts are of the name")
      }
    case 3:
      if let address = ListenAddress(text) { demand(address.port != 0, "port 0 is none") }
    case 4:
      if let version = DpkgStatus.version(of: Array("adduser".utf8), architecture: nil, in: text) {
        demand(!version.contains(10), "a version is one line")
      }
    case 5: _ = ApkDatabase.package(of: Array("/lib/ld-musl-x86_64.so.1".utf8), in: text.span)
    case 6:
      guard let header = RPMHeader(text) else { return }
      _ = header.version
      for index in [0, 1, 7, 100_000, Int.max] { _ = header.path(at: index) }
    default:
      if let document = JSONDocument(text) { _ = document["Config"]?["Image"]?.text }
    }
  }

  /// A package "a" of version 1 with one file, /b/c.
  private static let rpmHeader: [UInt8] = {
    let entries: [(UInt32, UInt32, UInt32, UInt32)] = [
      (1_000, 6, 0, 1), (1_001, 6, 2, 1), (1_116, 4, 4, 1), (1_117, 8, 8, 1), (1_118, 8, 10, 1),
    ]
    let data: [UInt8] = [0x61, 0, 0x31, 0, 0, 0, 0, 0, 0x63, 0, 0x2f, 0x62, 0x2f, 0]
    let numbers =
      [UInt32(entries.count), UInt32(data.count)] + entries.flatMap { [$0.0, $0.1, $0.2, $0.3] }
    return numbers.flatMap { KernelBytes.bytes(of: $0.bigEndian) } + data
  }()
}
