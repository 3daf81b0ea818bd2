import Glibc
import Testing

@testable import Sockets

@Suite struct HolderTests {
  @Test func `every holder of every inode is found, with all descriptors`() throws {
    let proc = FakeProc()
    proc.process(1, parent: 0, sockets: [(3, 500)])
    proc.process(10, sockets: [(9, 700), (4, 700), (5, 701), (6, 999)])
    proc.process(11, parent: 10, sockets: [(4, 700)])
    proc.process(12, parent: 1, sockets: [(8, 701)])
    let directory = try proc.root.open()
    let walk = DescriptorWalk.host([700, 701, 702], in: directory)
    var names = HolderNames(walk.hits, in: directory)
    let first = names.holders(of: 700, in: directory)
    #expect(first.map(\.process.pid) == [10, 11])
    #expect(first.map(\.descriptors) == [[4, 9], [4]])
    #expect(first.map(\.isInherited) == [false, true])
    let second = names.holders(of: 701, in: directory)
    #expect(second.map(\.process.pid) == [10, 12] && second.allSatisfy { !$0.isInherited })
    #expect(names.holders(of: 702, in: directory).isEmpty && walk.unreadable == 0)
  }

  @Test func `one process, or one with its children, is behind a listener; two others are not`() {
    func holder(_ pid: Int32, _ program: String, inherited: Bool = false) -> Holder {
      Holder(
        process: ProcessIdentity(
          pid: pid, startTicks: 1, command: [], executable: Array("/usr/sbin/\(program)".utf8)),
        descriptors: [3], isInherited: inherited)
    }
    let master = holder(10, "nginx")
    let worker = holder(11, "nginx", inherited: true)
    #expect(Holder.only(of: [])?.process.pid == nil)
    #expect(Holder.only(of: [master])?.process.mayBeChild == false)
    let family = Holder.only(of: [master, worker, holder(12, "nginx", inherited: true)])
    #expect(family?.process.pid == 10 && family?.process.mayBeChild == true)
    #expect(Holder.only(of: [master, holder(20, "haproxy")]) == nil)
    // One that accepts for its services itself.
    #expect(Holder.only(of: [holder(1, "systemd")])?.process.pid == 1)
    // A manager opened it for its service, of which one made the others.
    var child = holder(13, "gunicorn", inherited: true)
    child.process.parent = 12
    let service = Holder.only(
      of: [holder(1, "systemd"), holder(12, "gunicorn", inherited: true), child])
    #expect(service?.process.pid == 12 && service?.process.mayBeChild == true)
    #expect(Holder.only(of: [holder(1, "systemd"), worker]) == worker)
  }

  @Test func `a process that took over the number of one that ended is not named`() throws {
    let proc = FakeProc()
    proc.process(10, sockets: [(4, 700), (5, 700)])
    let directory = try proc.root.open()
    let walk = DescriptorWalk.host([700], in: directory)
    #expect(walk.hits.count == 2)
    _ = unsafe unlink("\(proc.root.path)/10/fd/4")
    var partly = HolderNames(walk.hits, in: directory)
    #expect(partly.holders(of: 700, in: directory).map(\.descriptors) == [[5]])
    // The number is the same, and so may be the tick in which both started: the descriptors are not.
    _ = unsafe unlink("\(proc.root.path)/10/fd/5")
    proc.link("10/fd/5", to: "socket:[701]")
    var names = HolderNames(walk.hits, in: directory)
    #expect(names.holders(of: 700, in: directory).isEmpty)
  }

  @Test func `two threads find what one finds`() throws {
    let proc = FakeProc()
    for pid in Int32(100)..<200 { proc.process(pid, sockets: [(3, UInt32(pid)), (4, 700)]) }
    let directory = try proc.root.open()
    let walk = DescriptorWalk.host([700, 150, 151], in: directory)
    #expect(Set(walk.hits).count == 102 && walk.hits.count == 102)
  }

  @Test func `a thread with descriptors of its own is found by the second look`() throws {
    let proc = FakeProc()
    proc.process(10)
    for path in ["10/task", "10/task/10", "10/task/11", "10/task/11/fd"] { proc.directory(path) }
    proc.link("10/task/11/fd/7", to: "socket:[700]")
    let directory = try proc.root.open()
    #expect(DescriptorWalk.host([700], in: directory).hits.isEmpty)
    let second = DescriptorWalk.host([700], in: directory, looksAtThreads: true)
    #expect(second.hits == [DescriptorWalk.Hit(inode: 700, pid: 10, descriptor: 7, thread: 11)])
    var names = HolderNames(second.hits, in: directory)
    #expect(names.holders(of: 700, in: directory).map(\.descriptors) == [[7]])
  }

  @Test func `the walk for one flow ends at the first holder and asks its ancestors`() throws {
    let proc = FakeProc()
    proc.process(10, sockets: [(4, 700)])
    proc.process(11, parent: 10, sockets: [(4, 700)])
    proc.process(5, sockets: [(4, 700)])
    let directory = try proc.root.open()
    let walk = DescriptorWalk.first(700, user: 0, in: directory)
    #expect(Set(walk.hits.map(\.pid)) == [10, 11])
  }

  @Test func `the reason without a file is the socket's state`() {
    var entry = SocketEntry(
      transport: .tcp, isIPv6: false, state: .timeWait, localAddress: [0, 0, 0, 0], localPort: 1,
      peerAddress: [0, 0, 0, 0], peerPort: 2)
    #expect(MissingOwner(withoutFile: entry) == .timeWait)
    entry.state = .finWait1
    #expect(MissingOwner(withoutFile: entry) == .orphaned)
    entry.inode = 5
    #expect(MissingOwner(withoutFile: entry) == nil)
  }

  @Test func `what was not seen gives the reason`() {
    let all = Visibility(isHidden: false, seesEveryNamespace: true)
    #expect(all.obstacle(unreadable: 0) == nil && all.unseen == .kernelSocket)
    #expect(all.obstacle(unreadable: 3) == .permissionDenied)
    #expect(
      Visibility(isHidden: true, seesEveryNamespace: true).obstacle(unreadable: 0) == .hidepid)
    let inner = Visibility(isHidden: false, seesEveryNamespace: false)
    #expect(inner.unseen == .otherPIDNamespace)
  }
}
