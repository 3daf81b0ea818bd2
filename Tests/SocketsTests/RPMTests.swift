import Glibc
import Testing

@testable import Sockets

/// RPM's database: made by hand through SQLite's own structures, and by rpm itself where it is installed.
@Suite struct RPMTests {
  private struct Missing: Error {}

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private static func number(_ value: Int) -> [UInt8] {
    KernelBytes.bytes(of: UInt32(value).bigEndian)
  }

  /// A header of a package with three files in two folders.
  static let header: [UInt8] = {
    var data: [UInt8] = []
    var entries: [UInt8] = []
    func add(_ tag: Int, _ type: Int, _ count: Int, _ value: [UInt8]) {
      while type == 4, data.count % 4 != 0 { data.append(0) }
      entries += number(tag) + number(type) + number(data.count) + number(count)
      data += value
    }
    add(1000, 6, 1, Array("web\0".utf8))
    add(1001, 6, 1, Array("1.2\0".utf8))
    add(1002, 6, 1, Array("3.fc40\0".utf8))
    add(1003, 4, 1, number(1))
    add(1116, 4, 3, number(0) + number(1) + number(1))
    add(1117, 8, 3, Array("webd\0webd\0other\0".utf8))
    add(1118, 8, 2, Array("/etc/web/\0/usr/sbin/\0".utf8))
    return number(7) + number(data.count) + entries + data
  }()

  @Test func `a header tells paths and the version with its epoch`() throws {
    let header = try #require(RPMHeader(Self.header))
    #expect(header.path(at: 0) == bytes("/etc/web/webd"))
    #expect(header.path(at: 2) == bytes("/usr/sbin/other"))
    #expect(header.path(at: 3) == nil && header.path(at: -1) == nil)
    #expect(header.version == bytes("1:1.2-3.fc40") && header.text(.name) == bytes("web"))
  }

  @Test(arguments: 0..<header.count) func `a cut header is none`(length: Int) {
    #expect(RPMHeader(Array(Self.header.prefix(length))) == nil)
  }

  @Test func `damaged headers never crash`() {
    var generator = SeededGenerator(seed: 1000)
    for _ in 0..<5_000 {
      var damaged = Self.header
      for _ in 0..<3 {
        damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      guard let header = RPMHeader(damaged) else { continue }
      for index in 0..<4 { _ = header.path(at: index) }
      _ = header.version
    }
  }

  static let hasRPM = unsafe access("/usr/bin/rpmbuild", X_OK) == 0

  /// A database that rpm made of a package that rpmbuild made.
  private func real() throws -> Folder {
    let folder = Folder()
    folder.write(
      "/web.spec",
      """
      Name: web
      Version: 1.2
      Release: 3
      Epoch: 1
      Summary: x
      License: MIT
      BuildArch: noarch
      %description
      x
      %install
      mkdir -p %{buildroot}/usr/sbin %{buildroot}/etc/web
      echo x > %{buildroot}/usr/sbin/webd
      echo y > %{buildroot}/etc/web/webd
      %files
      /usr/sbin/webd
      /etc/web/webd

      """)
    let script = """
      cd \(folder.path) && mkdir root && exec >/dev/null 2>&1
      rpmbuild --define "_topdir $PWD/build" -bb web.spec
      rpm --root $PWD/root --dbpath /var/lib/rpm --define '_db_backend sqlite' -i --nodeps build/RPMS/noarch/*.rpm
      """
    let process = try #require(TestProcess(["/bin/sh", "-c", script]))
    process.wait()
    return folder
  }

  @Test(.enabled(if: hasRPM, "needs rpmbuild"))
  func `rpm's own database names the package of a file`() throws {
    let folder = try real()
    guard let root = RootDirectory(folder.path + "/root") else { throw Missing() }
    func answer(_ path: String) -> PackageAnswer {
      PackageSearch.package(of: Array(path.utf8), in: root)
    }
    let web = PackageAnswer.package(.rpm, name: bytes("web"), version: bytes("1:1.2-3"))
    #expect(answer("/usr/sbin/webd") == web)
    // /sbin is a link to /usr/sbin where both are merged.
    #expect(answer("/sbin/webd") == web)
    #expect(answer("/etc/web/webd") == web)
    #expect(answer("/usr/bin/webd") == .unowned(.rpm))
    #expect(answer("/usr/sbin/other") == .unowned(.rpm))
    // What stands only in the log is not in the file.
    folder.write("/root/var/lib/rpm/rpmdb.sqlite-wal", "changes")
    #expect(answer("/usr/sbin/webd") == .notRead(.rpm))
  }

  @Test(.enabled(if: hasRPM, "needs rpmbuild"))
  func `a damaged database is not read, and never crashes`() throws {
    let folder = try real()
    let path = folder.path + "/root/var/lib/rpm/rpmdb.sqlite"
    let file = try Descriptor(path)
    let whole = try file.contents(limit: 1 << 24)
    var generator = SeededGenerator(seed: 4)
    guard let root = RootDirectory(folder.path + "/root") else { throw Missing() }
    for round in 0..<200 {
      var damaged = whole
      for _ in 0..<20 {
        damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      if round % 4 == 0 {
        damaged.removeLast(Int.random(in: 0..<damaged.count, using: &generator))
      }
      let out = unsafe open(path, O_WRONLY | O_TRUNC)
      _ = unsafe Glibc.write(out, damaged, damaged.count)
      close(out)
      _ = PackageSearch.package(of: bytes("/usr/sbin/webd"), in: root)
    }
  }
}
