import Glibc
import Testing

@testable import Sockets

@Suite struct ProcessIdentityTests {
  static let names: [[UInt8]] = [
    Array("a)b".utf8), Array("a)\nb".utf8), Array("\u{1b}[31m".utf8), Array(") S 7 8 (x".utf8), [],
    Array("(((".utf8), [0xFF, 0xFE, 0x80], Array("fifteen bytes..".utf8), Array("a\n".utf8),
  ]

  @Test(arguments: names)
  func `any name is read whole and hides nothing behind it`(name: [UInt8]) throws {
    let proc = FakeProc()
    proc.process(4_242, command: name, parent: 17, start: 250)
    let identity = try #require(ProcessIdentity.read(pid: 4_242, in: proc.root))
    #expect(identity.command == name && identity.parent == 17 && identity.startTicks == 250)
    #expect(identity.executable == Array("/usr/bin/server".utf8))
    #expect(identity.unit == Array("web.service".utf8) && identity.containerID == nil)
    #expect(identity.userName == UserNames.host[0] && identity.user == 0)
    #expect(identity.startTime.map { $0 >= 1_700_000_000_000_000_000 } == true)
  }

  @Test func `arguments are split at NUL, empty ones kept, bounded`() throws {
    let proc = FakeProc()
    proc.process(1, arguments: Array("srv\0\0-x\0".utf8))
    proc.process(2, arguments: [UInt8](repeating: 0x61, count: 10_000))
    proc.process(3, arguments: [])
    proc.process(4, arguments: Array("own title".utf8))
    let arguments = (1...4).map { ProcessIdentity.read(pid: $0, in: proc.root)?.arguments }
    #expect(arguments[0] == [Array("srv".utf8), [], Array("-x".utf8)])
    #expect(arguments[1]?.map(\.count) == [4_096])
    #expect(arguments[2] == [] && arguments[3] == [Array("own title".utf8)])
  }

  @Test func `a deleted program is told without its mark`() throws {
    let proc = FakeProc()
    proc.process(5, executable: "/opt/old (deleted)")
    let identity = try #require(ProcessIdentity.read(pid: 5, in: proc.root))
    #expect(identity.executable == Array("/opt/old".utf8) && identity.isExecutableDeleted)
  }

  @Test func `a program that is truly named so is not deleted`() throws {
    let proc = FakeProc()
    proc.write("x (deleted)", [])
    proc.process(6, executable: "\(proc.root.path)/x (deleted)")
    proc.link("6/root", to: "/")
    let identity = try #require(ProcessIdentity.read(pid: 6, in: proc.root))
    #expect(identity.executable == Array("\(proc.root.path)/x (deleted)".utf8))
    #expect(!identity.isExecutableDeleted)
  }

  @Test func `ancestors end at process 1 and a loop ends`() {
    let proc = FakeProc()
    proc.process(1, parent: 0)
    proc.process(20, parent: 1)
    proc.process(30, parent: 20)
    proc.process(40, parent: 50)
    proc.process(50, parent: 40)
    proc.process(60, parent: 60)
    #expect(ProcessIdentity.ancestors(of: 30, in: proc.root).map(\.pid) == [20, 1])
    #expect(ProcessIdentity.ancestors(of: 40, in: proc.root).map(\.pid) == [50])
    #expect(ProcessIdentity.ancestors(of: 60, in: proc.root).isEmpty)
    #expect(ProcessIdentity.ancestors(of: 99, in: proc.root).isEmpty)
  }

  @Test func `numbers without a process give none`() {
    #expect(ProcessIdentity.read(pid: 0) == nil && ProcessIdentity.read(pid: -1) == nil)
    #expect(ProcessIdentity.read(pid: .max) == nil)
  }

  @Test func `this very process is read`() throws {
    let identity = try #require(ProcessIdentity.read(pid: getpid()))
    #expect(identity.pid == getpid() && identity.parent == getppid() && identity.user == getuid())
    #expect(!identity.arguments.isEmpty && identity.executable != nil)
    #expect(identity.startTime.map { $0 > 0 } == true && !identity.isExecutableDeleted)
  }

  static let stat = Array(
    "7 (x) S 1 1 1 0 -1 2097152 1 2 3 4 5 6 7 8 20 0 1 0 250 1000 1 2 3\n".utf8)

  @Test func `a kernel thread is told by its flag`() {
    #expect(ProcessStat(Self.stat)?.isKernelThread == true)
  }

  @Test(arguments: 0..<stat.count)
  func `a cut stat file is refused or has the fields that it shows`(length: Int) {
    let parsed = ProcessStat(Array(Self.stat[..<length]))
    #expect(parsed == nil || (length >= 57 && parsed?.startTicks == 250))
  }
}
