import Confine
import Glibc
import Testing

/// One after the other: a program started meanwhile would hold the others' pipes open.
@Suite(.serialized) struct ConfinementTests {
  /// What no profile leaves, whatever else it keeps.
  static let neverAllowed = [
    "remove a file", "remove a file by the other call", "rename a file", "make a directory",
    "link a file", "change rights",
    "truncate by path", "write a file elsewhere", "execute a program", "signal another process",
    "change the root", "make a packet socket", "make a vsock socket",
  ]
  /// What every profile leaves.
  static let alwaysAllowed = [
    "read a file", "read a directory", "write to an open file", "truncate an open file",
    "start a thread",
    "signal itself",
  ]
  static let profiles = ["analysis", "helper"]
  static let isRoot = geteuid() == 0
  static let nobody: UInt32 = 65_534

  @Test(arguments: profiles, [false, true])
  func `No profile leaves the way to change, to execute or to reach other processes`(
    profile: String, names: Bool
  ) throws {
    let probe = try #require(Probe(profile, names: names))
    #expect(probe.status == 0)
    for attempt in Self.neverAllowed { #expect(probe.allows(attempt) == false, "\(attempt)") }
    for attempt in Self.alwaysAllowed { #expect(probe.allows(attempt) == true, "\(attempt)") }
    for attempt in ["create a file", "reopen a file", "truncate while reading"] {
      #expect(probe.allows(attempt) == false, "\(attempt)")
    }
    #expect(probe.facts["layer noNewPrivileges"] == "applied")
    #expect(probe.facts["layer systemCalls"] == "applied")
    #expect(probe.facts["threads"] == "0")
  }

  @Test func `Analysis makes no socket and looks at no other process`() throws {
    let probe = try #require(Probe("analysis"))
    for family in ["netlink", "unix", "internet"] {
      #expect(probe.allows("make a \(family) socket") == false, "\(family)")
    }
    #expect(probe.allows("enter a network namespace") == false)
    #expect(probe.allows("remove an empty directory") == false)
    let hasLandlock = Landlock.version != nil
    #expect(probe.facts["layer files"] == (hasLandlock ? "applied" : "notInKernel"))
    if hasLandlock { #expect(probe.allows("look at another process") == false) }
  }

  @Test(.enabled(if: (Landlock.version ?? 0) >= 4, "needs Landlock of version 4"))
  func `TCP goes nowhere, or to name servers when names are asked for`() throws {
    let quiet = try #require(Probe("analysis"))
    #expect(quiet.facts["layer tcp"] == "applied")
    #expect(quiet.allows("connect to port 1") == false)
    #expect(quiet.failures["connect to port 1"] == EACCES)
    #expect(quiet.allows("connect to port 53") == false)
    let resolving = try #require(Probe("analysis", names: true))
    #expect(resolving.allows("connect to port 1") == false)
    #expect(resolving.allows("connect to port 53") == true)
    #expect(resolving.allows("make a internet socket") == true)
  }

  @Test func `A helper keeps what the search for owners needs, and says that Landlock is left out`()
    throws
  {
    let probe = try #require(Probe("helper"))
    for attempt in [
      "look at another process", "make a netlink socket", "make a unix socket",
      "remove an empty directory",
    ] {
      #expect(probe.allows(attempt) == true, "\(attempt)")
    }
    #expect(probe.allows("make a internet socket") == false)
    #expect(probe.facts["layer files"] == "leftOutForOwners")
    if Self.isRoot { #expect(probe.allows("enter a network namespace") == true) }
  }

  @Test func `A helper that writes files makes and removes them, and renames none`() throws {
    let probe = try #require(Probe("helper", writes: true))
    for attempt in ["create a file", "remove a file by the other call"] {
      #expect(probe.allows(attempt) == true, "\(attempt)")
    }
    for attempt in ["rename a file", "execute a program", "change rights", "link a file"] {
      #expect(probe.allows(attempt) == false, "\(attempt)")
    }
  }

  @Test(arguments: [nil, nobody]) func `A parser can write to what is open, and nothing else`(
    user: UInt32?
  ) throws {
    if user != nil, !Self.isRoot { return }
    let probe = try #require(Probe("parser", user: user))
    #expect(probe.status == 0)
    for (attempt, isAllowed) in probe.attempts {
      let isLeft = ["write to an open file", "truncate an open file", "signal itself"]
        .contains(attempt)
      #expect(isAllowed == isLeft, "\(attempt)")
    }
    #expect(probe.attempts.count > 30)
    #expect(probe.facts["kept"] == "")
    let isOther = Self.isRoot && user == nil
    #expect(probe.facts["layer user"] == (isOther ? "applied" : "nothingToGiveUp"))
    #expect(probe.facts["layer systemCalls"] == "applied")
    if Landlock.version != nil { #expect(probe.facts["layer files"] == "applied") }
  }

  @Test(.enabled(if: (Landlock.version ?? 0) >= 3, "needs Landlock of version 3"))
  func `A writable directory can be written, its neighbours can't`() throws {
    let probe = try #require(Probe("analysis", writes: true))
    #expect(probe.allows("create a file") == true)
    #expect(probe.allows("reopen a file") == true)
    #expect(probe.allows("write a file elsewhere") == false)
    #expect(probe.failures["write a file elsewhere"] == EACCES)
    #expect(probe.allows("remove a file") == false)
  }

  @Test(.enabled(if: isRoot, "needs root"))
  func `Root keeps reading and nothing else for analysis`() throws {
    let probe = try #require(Probe("analysis"))
    #expect(probe.facts["layer capabilities"] == "applied")
    #expect(probe.facts["kept"] == "readFiles")
    #expect(probe.allows("read a secret file") == true)
    #expect(probe.allows("set the user") == false)
  }

  @Test(.enabled(if: isRoot, "needs root, to become another user"), arguments: profiles)
  func `Every profile works without any right`(profile: String) throws {
    let probe = try #require(Probe(profile, user: Self.nobody))
    #expect(probe.status == 0)
    #expect(probe.facts["layer capabilities"] == "nothingToGiveUp")
    #expect(probe.facts["kept"] == "")
    #expect(probe.facts["layer systemCalls"] == "applied")
    #expect(probe.allows("read a file") == true)
    #expect(probe.allows("read a secret file") == false)
    for attempt in Self.neverAllowed { #expect(probe.allows(attempt) == false, "\(attempt)") }
  }

  @Test func `A kernel without Landlock is told as such, and files are guarded all the same`()
    throws
  {
    let probe = try #require(Probe("analysis-without-landlock"))
    #expect(probe.status == 0)
    #expect(probe.facts["landlock"] == "0")
    for layer in ["files", "tcp", "scope"] {
      #expect(probe.facts["layer \(layer)"] == "notInKernel", "\(layer)")
    }
    #expect(probe.facts["layer systemCalls"] == "applied")
    for attempt in Self.neverAllowed { #expect(probe.allows(attempt) == false, "\(attempt)") }
    #expect(probe.allows("create a file") == false)
  }

  @Test func `A kernel without seccomp is told as such, and the rest holds`() throws {
    let probe = try #require(Probe("analysis-without-seccomp"))
    #expect(probe.status == 0)
    #expect(probe.facts["layer systemCalls"] == "notInKernel")
    #expect(probe.facts["layer noNewPrivileges"] == "applied")
    #expect(probe.allows("signal itself") == true)
    #expect(probe.allows("read a file") == true)
    if Landlock.version != nil {
      #expect(probe.allows("create a file") == false)
      #expect(probe.failures["create a file"] == EACCES)
      #expect(probe.allows("execute a program") == false)
      #expect(probe.allows("remove a file") == false)
    }
  }
}
