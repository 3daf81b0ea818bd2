import Packets

extension Words {
  /// What went wrong, without the source.
  static func of(_ kind: ErrorRecord.Kind) -> String {
    switch kind {
    case .notFound: "no such file or directory"
    case .isDirectory: "is a directory"
    case .notPermitted: "not permitted"
    case .captureNotPermitted: "not permitted to capture"
    case .unknownFormat: "not a capture file"
    case .compressed: "an archive, or compressed in a way that is not read here"
    case .mixedLinkTypes: "packets of several link types do not fit into one pcap file"
    case .unknownLinkType: "a link type that is not read here"
    case .truncated: "the file ends in the middle of a record"
    case .damaged: "the file is damaged"
    case .limit: "beyond a limit of icwscan"
    case .empty: "no capture in it"
    case .readFailed: "reading failed"
    case .outOfSpace: "no space left to write to"
    case .writeFailed: "writing failed"
    case .noInterface: "no such interface"
    case .interfaceDown: "the interface is down or went away"
    case .badFilter: "bad filter"
    case .captureFailed: "capturing failed"
    case .missingLibrary: "a library is missing"
    case .socketsUnknown: "the kernel did not tell of its sockets"
    case .eventsLost: "more happened at once than could be followed; some of it may be missing"
    case .notMergeable: "no records in it that can be joined"
    case .interrupted: "interrupted"
    }
  }

  /// What to do about it; nil where there is nothing.
  static func remedy(_ kind: ErrorRecord.Kind) -> String? {
    switch kind {
    case .notFound: "check the path"
    case .isDirectory: "name a file in it"
    case .notPermitted: "use sudo, or a copy that you may read"
    case .captureNotPermitted:
      "use sudo, or grant it once: sudo setcap cap_net_raw+ep \"$(command -v icwscan)\""
    case .unknownFormat: "if another program captured it, convert it with editcap"
    case .compressed: "uncompress it first"
    case .mixedLinkTypes: "write pcapng"
    case .unknownLinkType: "capture on another interface, or on 'any'"
    case .truncated, .damaged: "everything before that was read"
    case .limit: "unpack or split it first"
    case .outOfSpace: "free some, or write elsewhere"
    case .noInterface: "icwscan -D lists the interfaces"
    case .interfaceDown: "bring it up: ip link set dev NAME up"
    case .badFilter: "the syntax is pcap-filter(7)'s"
    case .missingLibrary: "install it with the system's package manager"
    case .notMergeable: "write them with icwscan analyze --mergeable"
    case .interrupted: "everything before that was reported"
    case .empty, .readFailed, .writeFailed, .captureFailed, .socketsUnknown, .eventsLost:
      nil
    }
  }

  /// One line for a person: what it is about, what went wrong, where, and what to do.
  public static func line(_ error: ErrorRecord) -> String {
    var line = ""
    if let source = error.source { line += Escaped.text(source) }
    if let member = error.member { line += "(" + Escaped.text(member) + ")" }
    // Where records follow, the file does not end there.
    let reachesBeyond = error.kind == .truncated && error.leftOut != nil
    line +=
      (line.isEmpty ? "" : ": ")
      + (reachesBeyond ? "the file is damaged: a record reaches beyond its end" : of(error.kind))
    if let message = error.message, !message.isEmpty { line += ": " + Escaped.text(message) }
    if let offset = error.offset {
      let whole = error.isUnpacked ? " of what it unpacks to" : error.size.map { " of \($0)" } ?? ""
      line += " (at byte \(offset)\(whole))"
    }
    if let leftOut = error.leftOut {
      let others =
        leftOut.places > 1
        ? " and in \(Amounts.count(leftOut.places - 1, "further place"))" : ""
      let bytes = Amounts.count(Int(clamping: leftOut.bytes), "byte")
      return line + "; \(bytes) left out there\(others), all else was read"
    }
    // Before the first byte there is nothing that could have been read.
    if error.offset != 0 || ![.truncated, .damaged].contains(error.kind),
      let remedy = remedy(error.kind),
      error.kind != .unknownFormat || error.message != "it begins with text"
    {
      // What is no file may be what somebody looks for.
      let isAddress =
        error.kind == .notFound
        && error.source.map { IPAddress(String(decoding: $0, as: UTF8.self)) } ?? nil != nil
      line += "; " + (isAddress ? "an address is given with --host, behind a file" : remedy)
    }
    return line
  }
}
