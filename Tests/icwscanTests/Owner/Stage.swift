import Glibc

/// A hand-made situation on port 3699, in a network namespace of its own, and what several tools say of it.
final class Stage {
  /// What a tool says: for each inode the processes with their descriptors.
  typealias Holders = [Int: [Int: Set<Int>]]

  /// Whether this user can make one: real root, for other users' view and for namespaces without a user namespace.
  static let isPermitted =
    getuid() == 0 && Namespace.isPermitted
    && ["unshare", "nsenter", "ss", "lsof", "setpriv"].allSatisfy(Place.has)
  static let needs = "needs root, unshare, nsenter, setpriv, ss and lsof"

  /// The program that makes the situation.
  let maker: Program
  /// What it told of itself.
  let facts: JSONText

  /// Starts a Python program (behind `Stage.prelude`) and waits until it says that it is ready.
  init(_ script: String, arguments: [String] = []) throws {
    maker = try Program(
      ["unshare", "-n", Self.python, "-u", "-c", Self.prelude + "\n" + script] + arguments,
      directory: "/")
    let text = try maker.wait(for: "ready}\n")
    let line = text.split(separator: "\n").first { $0.hasPrefix("{ready") } ?? ""
    facts = try JSONText(String(line.dropFirst("{ready".count).dropLast("ready}".count)))
  }

  /// The system's own Python: a version manager's would be a script first.
  static let python = Place.isFile("/usr/bin/python3") ? "/usr/bin/python3" : "python3"

  /// Runs a program in the namespace.
  func run(_ words: [String]) throws -> Program.Outcome {
    try Command.run(["nsenter", "-t", "\(maker.identifier)", "-n"] + words, directory: "/")
  }

  /// Whether a record is of a socket in the namespace itself. Other tests have namespaces at the same time.
  static func isHere(_ record: JSONText) -> Bool {
    record.kind == "socket" && record["icwscan.namespace"] == nil
  }

  /// The records of the sockets in the namespace, or everywhere.
  func sockets(everywhere: Bool = false) throws -> [JSONText] {
    let outcome = try run([Place.binary, "owner", "--json"])
    guard outcome.errors.isEmpty else {
      throw Program.Failure.noLine("no errors", output: outcome.output, errors: outcome.errors)
    }
    return try JSONText.records(outcome.output).filter {
      everywhere ? $0.kind == "socket" : Self.isHere($0)
    }
  }

  /// What a set of records says of this namespace.
  static func holders(_ records: [JSONText]) -> Holders {
    var found: Holders = [:]
    for record in records where record["icwscan.namespace"] == nil {
      guard let inode = record["icwscan.socket.inode"]?.integer, inode != 0 else { continue }
      found[inode] = found[inode] ?? [:]
      for holder in record["icwscan.holders"]?.list ?? [] {
        let numbers = holder["descriptors"]?.list.compactMap(\.integer) ?? []
        found[inode]?[holder["process.pid"]?.integer ?? 0, default: []].formUnion(numbers)
      }
    }
    return found
  }

  /// What `ss` says: its rows, and the holders by inode.
  func ss() throws -> (rows: Int, holders: Holders) {
    let filter = "sport = :3699 or dport = :3699"
    let lines = try run(["ss", "-HOanpetuM", filter]).lines
    var found: Holders = [:]
    for line in lines {
      guard let inode = Self.number(after: "ino:", in: line[...]), inode != 0 else { continue }
      found[inode] = found[inode] ?? [:]
      for part in line.split(separator: "pid=").dropFirst() {
        guard let pid = Int(part.prefix(while: \.isNumber)),
          let descriptor = Self.number(after: "fd=", in: part)
        else { continue }
        found[inode]?[pid, default: []].insert(descriptor)
      }
    }
    return (lines.count, found)
  }

  /// What `lsof` says; it knows only sockets with a descriptor.
  func lsof() throws -> Holders {
    var found: Holders = [:]
    var pid = 0
    var descriptor: Int?
    for line in try run(["lsof", "-nP", "-i", ":3699", "-F", "pfd"]).lines {
      let value = line.dropFirst()
      switch line.first {
      case "p": pid = Int(value) ?? 0
      case "f": descriptor = Int(value)
      case "d":
        if let inode = Int(value), let descriptor {
          found[inode, default: [:]][pid, default: []].insert(descriptor)
        }
      default: break
      }
    }
    return found
  }

  /// The number behind a word.
  static func number(after word: String, in text: Substring) -> Int? {
    text.firstRange(of: word).flatMap {
      Int(text[$0.upperBound...].prefix(while: \.isNumber))
    }
  }

  /// Whether even root can't read some process's descriptors here (a container, a security module).
  static let hidesProcesses: Bool = {
    let script = """
      import os
      hidden = False
      for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
          for number in os.listdir(f"/proc/{pid}/fd"): os.readlink(f"/proc/{pid}/fd/{number}")
        except PermissionError: hidden = True
        except OSError: pass
      print(hidden)
      """
    return (try? Command.run([python, "-c", script]))?.output.hasPrefix("True") ?? true
  }()

  /// Copies the program into a folder that every user can reach.
  static func sharedBinary(in folder: TemporaryFolder) throws -> String {
    let path = folder("icwscan")
    _ = try Command.run(["cp", Place.binary, path])
    return path
  }
}
