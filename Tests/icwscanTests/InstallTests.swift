import Testing

/// What `make install` puts on a host.
@Suite(.enabled(if: Place.has("make"), "make is needed")) struct InstallTests {
  @Test func `Nothing that is installed has more rights than who runs it`() throws {
    let folder = try TemporaryFolder()
    // The package's folder as it is, with the program under test where a release build would lie.
    let script = """
      set -e
      for name in "\(Place.root)"/*; do ln -s "$name" .; done
      mkdir .build; ln -s "\(Place.binary)" .build/icwscan
      make -s -o build install PREFIX=/usr DESTDIR=$PWD/root >&2
      find root -type f | sort
      echo rights: $(find root ! -type l -perm /7022) $(command -v getcap >/dev/null && getcap -r root)
      make -s uninstall PREFIX=/usr DESTDIR=$PWD/root
      echo left: $(find root -type f -o -type l)
      """
    let outcome = try Command.run(["bash", "-c", script], directory: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.lines.contains("root/usr/bin/icwscan"), "\(outcome.output)")
    #expect(outcome.lines.contains("root/usr/share/man/man1/icwscan.1"))
    #expect(outcome.lines.suffix(2) == ["rights:", "left:"], "\(outcome.output)")
  }
}
