import Testing

@testable import Sockets

@Suite struct PackageTests {
  private struct Missing: Error {}

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func answer(_ path: String, _ folder: Folder) throws -> PackageAnswer {
    guard let root = RootDirectory(folder.path) else { throw Missing() }
    return PackageSearch.package(of: Array(path.utf8), in: root)
  }

  private var debian: Folder {
    let folder = Folder()
    let lists = "/var/lib/dpkg/info"
    folder.write("\(lists)/web.list", "/.\n/usr\n/usr/sbin\n/usr/sbin/web-admin\n/bin/web\n")
    folder.write("\(lists)/libweb:amd64.list", "/usr/lib/libweb.so\n/usr/sbin/webd\n")
    folder.write("\(lists)/other.list", "/usr/sbin/moved\n")
    folder.write("/var/lib/dpkg/diversions", "/usr/sbin/moved\n/usr/sbin/moved.orig\nweb\n")
    folder.write(
      "/var/lib/dpkg/status",
      """
      Package: web
      Status: install ok installed
      Architecture: amd64
      Version: 1.2-3

      Package: libweb
      Architecture: i386
      Version: 8

      Package: libweb
      Architecture: amd64
      Version: 9

      """)
    return folder
  }

  @Test func `dpkg's lists name the package and its status the version`() throws {
    let folder = debian
    #expect(
      try answer("/usr/bin/web", folder)
        == .package(.dpkg, name: bytes("web"), version: bytes("1.2-3")))
    #expect(
      try answer("/usr/sbin/webd", folder)
        == .package(.dpkg, name: bytes("libweb"), version: bytes("9")))
  }

  @Test func `a version is whole wherever the status is cut into blocks`() throws {
    for shift in 0..<70 {
      let folder = debian
      let filler = String(repeating: "x", count: 65_536 - 90 + shift)
      folder.write(
        "/var/lib/dpkg/status",
        """
        Package: first
        Description: \(filler)

        Package: libweb

        Package: libweb
        Architecture: amd64
        Version: 1:2.36-9+deb12u14

        Package: last
        Version: 3

        """)
      #expect(
        try answer("/usr/sbin/webd", folder)
          == .package(.dpkg, name: bytes("libweb"), version: bytes("1:2.36-9+deb12u14")))
    }
  }

  @Test func `a status without paragraphs, or with the same name again and again, ends soon`()
    throws
  {
    let folder = debian
    let names = String(repeating: "Package: libweb\n", count: 200_000)
    for text in [
      names, String(repeating: names + "\n", count: 4), String(repeating: "\n", count: 1 << 22),
    ] {
      folder.write("/var/lib/dpkg/status", text)
      #expect(
        try answer("/usr/sbin/webd", folder)
          == .package(.dpkg, name: bytes("libweb"), version: nil))
    }
  }

  @Test(arguments: [
    ("/usr/bin/web3.11", "web3.11-minimal"),
    ("/usr/lib/jvm/java-17-openjdk-amd64/bin/java", "openjdk-17"),
    ("/bin/nc.openbsd", "netcat-openbsd"), ("/usr/bin/unrelated", "other"),
  ])
  func `a package is found under any name`(path: String, package: String) throws {
    let folder = debian
    for number in 0..<50 { folder.write("/var/lib/dpkg/info/some\(number).list", "/.\n/usr\n") }
    folder.write("/var/lib/dpkg/info/\(package).list", "/.\n\(path)\n")
    #expect(
      try answer(path, folder) == .package(.dpkg, name: bytes(package), version: nil))
  }

  @Test func `a diverted path belongs to who diverted it`() throws {
    #expect(
      try answer("/usr/sbin/moved", debian)
        == .package(.dpkg, name: bytes("web"), version: bytes("1.2-3")))
  }

  @Test(arguments: ["/usr/sbin/web", "/usr/sbin", "/usr/local/bin/web", "/home/a/web", "/sbin/we"])
  func `a part of a path is no match`(path: String) throws {
    let answer = try answer(path, debian)
    #expect(path == "/usr/sbin" || answer == .unowned(.dpkg))
  }

  @Test func `apk's database names folder and file in two lines`() throws {
    let folder = Folder()
    folder.write(
      "/lib/apk/db/installed",
      "C:Q1\nP:busybox\nV:1.36.1-r5\nF:bin\nR:busybox\nF:usr/sbin\nR:webd\n\nP:web\nV:2\nF:bin\nR:web\n\n"
    )
    #expect(
      try answer("/usr/sbin/webd", folder)
        == .package(.apk, name: bytes("busybox"), version: bytes("1.36.1-r5")))
    #expect(
      try answer("/bin/web", folder) == .package(.apk, name: bytes("web"), version: bytes("2")))
    #expect(try answer("/bin/webd", folder) == .unowned(.apk))
  }

  @Test func `a database that is not read is named, none is told`() throws {
    let folder = Folder()
    #expect(try answer("/bin/web", folder) == .noDatabase)
    folder.write("/var/lib/rpm/rpmdb.sqlite", "")
    #expect(try answer("/bin/web", folder) == .notRead(.rpm))
  }

  @Test(arguments: [
    ("/var/lib/rpm/Packages", PackageAnswer.Manager.rpm),
    ("/usr/lib/sysimage/rpm/Packages.db", .rpm),
    ("/var/lib/pacman/local/ALPM_DB_VERSION", .pacman),
  ])
  func `Berkeley DB, ndb and pacman are named and not read`(
    path: String, manager: PackageAnswer.Manager
  ) throws {
    let folder = Folder()
    folder.write(path, "9")
    #expect(try answer("/bin/web", folder) == .notRead(manager))
  }

  @Test func `no link leads out of a root`() throws {
    let folder = Folder()
    folder.link("/etc/passwd", to: "/../../../../../../../etc/passwd")
    folder.link("/etc/up", to: "../../../../../../../../etc")
    guard let root = RootDirectory(folder.path) else { throw Missing() }
    #expect(root.contents(of: "/etc/passwd", limit: 100) == nil)
    #expect(root.contents(of: "/etc/up/hostname", limit: 100) == nil)
    folder.link("/etc/null", to: "/dev/null")
    #expect(root.contents(of: "/etc/null", limit: 100) == nil)
  }

  @Test(arguments: [
    (
      "/usr/bin/python3.11", "python3 -mhttp.server 3699", InterpretedProgram.Form.module,
      "http.server"
    ),
    ("/usr/bin/python3.11", "python3 -Im http.server 3699", .module, "http.server"),
    ("/usr/bin/python3.11", "python3 -Wignore serve.py", .script, "serve.py"),
    ("/usr/bin/perl", "perl -wnle print", .inline, ""),
    ("/usr/bin/perl", "perl -pie.bak serve.pl", .script, "serve.pl"),
    ("/usr/bin/ruby", "ruby -rsocket serve.rb", .script, "serve.rb"),
    ("/usr/bin/bash", "bash -eo pipefail serve.sh", .script, "serve.sh"),
    (
      "/usr/bin/python3.11", "python3 -u -m http.server 3699", .module,
      "http.server"
    ),
    ("/usr/bin/python3", "python3 -X dev server.py -m x", .script, "server.py"),
    ("/usr/bin/node", "node --require ./a.js server.js", .script, "server.js"),
    ("/usr/lib/jvm/bin/java", "java -cp a:b -Xmx1g -jar web.jar x", .archive, "web.jar"),
    ("/usr/bin/java", "java -cp a org.example.Main", .module, "org.example.Main"),
    ("/bin/dash", "sh -ec exit", .inline, ""), ("/usr/bin/bash", "bash -- run", .script, "run"),
    ("/usr/bin/perl", "perl -e 1", .inline, ""),
  ])
  func `what an interpreter runs is read from its arguments`(
    executable: String, line: String, form: InterpretedProgram.Form, name: String
  ) {
    let program = InterpretedProgram.read(
      executable: bytes(executable), arguments: line.split(separator: " ").map { bytes("\($0)") })
    #expect(program == InterpretedProgram(form: form, name: bytes(name)))
  }

  @Test func `what is no interpreter runs nothing`() {
    for executable in ["/usr/bin/nginx", "/usr/bin/pythonista", "/usr/bin/shred", ""] {
      let arguments = [bytes("x"), bytes("y")]
      #expect(InterpretedProgram.read(executable: bytes(executable), arguments: arguments) == nil)
    }
    #expect(InterpretedProgram.read(executable: bytes("/bin/sh"), arguments: []) == nil)
    // A title was written over the arguments.
    #expect(
      InterpretedProgram.read(
        executable: bytes("/usr/bin/python3"), arguments: [bytes("cron -f"), [], []]) == nil)
  }
}
