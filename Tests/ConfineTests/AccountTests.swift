import Glibc
import Testing

@testable import Confine

@Suite struct AccountTests {
  @Test func `Numbers as sudo writes them are read`() throws {
    let user = try #require(Account(user: "1000", group: "100"))
    #expect(user.user == 1_000)
    #expect(user.group == 100)
  }

  @Test(arguments: [
    nil, "", "-1", "+1", " 1", "1 ", "0x10", "4294967295", "4294967296", "99999999999999999999",
    "a", "١",
    "1\n",
  ])
  func `Anything else is nobody`(text: String?) {
    #expect(Account(user: text, group: "1") == nil)
    #expect(Account(user: "1", group: text) == nil)
  }

  @Test func `A bad descriptor is told, not trapped on`() throws {
    let user = try #require(Account(user: "1", group: "1"))
    #expect(user.own(-1) == EBADF)
  }

  @Test func `An open file is given to its owner`() throws {
    var template = Array("\(P_tmpdir)/icwscan-owner-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&template)
    try #require(descriptor >= 0)
    unsafe unlink(template)
    defer { close(descriptor) }
    // Root can give it to anybody, everybody else to themselves.
    let number = geteuid() == 0 ? 12_345 : geteuid()
    let group = geteuid() == 0 ? 12_346 : getegid()
    let user = try #require(Account(user: "\(number)", group: "\(group)"))
    #expect(user.own(descriptor) == nil)
    var status = stat()
    unsafe fstat(descriptor, &status)
    #expect(status.st_uid == number)
    #expect(status.st_gid == group)
  }
}
