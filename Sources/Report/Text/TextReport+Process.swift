import Packets
import Sockets

extension TextReport {
  /// A process as the report shows it: once, with everything that it holds.
  struct Shown {
    var holder: Holder
    /// The inodes of its sockets, of each of them: a Multipath TCP socket and the TCP socket below it are one file.
    var inodes: [UInt32]

    /// How many files they are.
    var fileCount: Int { inodes.count < 2 ? inodes.count : Set(inodes).count }
  }

  /// The story of a process, a fact a line.
  func story(_ shown: Shown) -> [String] {
    var lines = laid(facts(shown))
    lines[0] = paint(lines[0], .bold)
    return lines
  }

  /// The facts of a process: a name and what it is, escaped.
  func facts(_ shown: Shown) -> [[String]] {
    let process = shown.holder.process
    let provenance = shown.holder.provenance
    var rows = [["pid", String(process.pid)]]
    if let inner = provenance?.namespacePID {
      rows[0][1] += " (\(inner) in its own PID namespace)"
    }
    rows += program(process, provenance)
    rows.append([
      "user", ProcessWords.user(process) + (process.userName == nil ? "" : " (\(process.user))"),
    ])
    if let login = provenance?.loginUser, login != process.user {
      let name = provenance?.loginUserName.map { Escaped.text($0) + " (\(login))" }
      rows.append(["logged in as", name ?? "uid \(login)"])
    }
    if let start = process.startTime {
      rows.append(["started", Times.rfc3339(Timestamp(nanoseconds: start), digits: 0)])
    }
    if provenance?.isStopped == true {
      rows.append([
        "state",
        "stopped by a signal: it does nothing until it goes on (kill -CONT \(process.pid))",
      ])
    }
    if let origin = provenance?.origin { rows.append(["started by", ProvenanceWords.of(origin)]) }
    if let ancestors = provenance?.ancestors, !ancestors.isEmpty {
      rows.append(["parents", ProvenanceWords.chain(ancestors)])
    } else {
      rows.append(["parent", process.parent > 0 ? "pid \(process.parent)" : "none"])
    }
    rows += surroundings(process, provenance)
    rows.append(["holds", holding(shown)])
    return rows
  }

  private func program(_ process: ProcessIdentity, _ provenance: Provenance?) -> [[String]] {
    let executable = process.executable.map { Escaped.text($0) } ?? "not readable"
    var rows = [["executable", executable + ProvenanceWords.note(process, provenance)]]
    if let provenance, let package = ProvenanceWords.of(provenance.package) {
      rows.append(["package", package])
    }
    if let hash = provenance?.executableHash {
      rows.append(["sha256", hash.map { Times.hexadecimal($0) }.joined()])
    }
    rows.append([
      "command line", process.arguments.isEmpty ? "not readable" : ProcessWords.command(process),
    ])
    if let script = provenance?.script { rows.append(["runs", ProvenanceWords.of(script)]) }
    rows.append(["calls itself", Escaped.text(process.command)])
    return rows
  }

  private func surroundings(_ process: ProcessIdentity, _ provenance: Provenance?) -> [[String]] {
    var rows: [[String]] = []
    if let directory = process.workingDirectory {
      rows.append(["working in", Escaped.text(directory)])
    }
    if let root = provenance?.root { rows.append(["root", Escaped.text(root)]) }
    if let terminal = provenance?.terminal { rows.append(["terminal", Escaped.text(terminal)]) }
    if let unit = process.unit { rows.append(["unit", Escaped.text(unit)]) }
    if let container = provenance?.container {
      rows.append(["container", ContainerWords.of(container)])
    } else if let container = process.containerID {
      rows.append(["container", Escaped.text(container)])
    }
    if let forwarder = provenance?.forwarder {
      rows.append([forwarder.program.rawValue, ContainerWords.of(forwarder)])
    }
    if let provenance { rows += rights(provenance) }
    return rows
  }

  private func rights(_ provenance: Provenance) -> [[String]] {
    var rows: [[String]] = []
    if let set = provenance.capabilities { rows.append(["capabilities", CapabilityWords.of(set)]) }
    var limits: [String] = []
    if let seccomp = provenance.seccomp, seccomp != .off {
      limits.append("seccomp \(seccomp.rawValue)")
    }
    if provenance.hasNoNewPrivileges == true { limits.append("no_new_privs") }
    if !limits.isEmpty { rows.append(["limits", limits.joined(separator: ", ")]) }
    if let preload = provenance.preload {
      rows.append(["LD_PRELOAD", Escaped.text(preload)])
    }
    if let preload = provenance.systemPreload {
      rows.append(["ld.so.preload", Escaped.text(preload)])
    }
    return rows
  }

  private func holding(_ shown: Shown) -> String {
    var text = Amounts.count(shown.fileCount, "socket")
    if shown.holder.isOnStandardStreams {
      text += ", as its standard input and output"
      if ProcessWords.isShell(shown.holder.process) {
        text += ": whoever is at the other end gives this shell its commands"
      }
    }
    if shown.holder.isInherited { text += ", inherited from an ancestor that holds it too" }
    if !shown.holder.rings.isEmpty {
      let numbers = shown.holder.rings.map(String.init).joined(separator: "/")
      text += ", registered with io_uring (fd \(numbers))"
    }
    return text
  }
}
