import Packets
import Report
import Sockets

/// Sockets and their owners.
extension Reporter {
  /// The owner report: every socket on the port.
  mutating func owners(
    _ survey: PortSurvey, port: UInt16, time: Timestamp?, isBrief: Bool = false,
    tellsNext: Bool = false
  ) throws(Output.Failure) {
    let told = redactor?.redact(survey) ?? survey
    if findings != nil || !isJSON { nameSockets(survey) }
    if isDigest { return }
    if isJSON {
      for owned in survey.sockets {
        let record = named(SocketRecord(owned: owned, port: port, time: time))
        try output.bytes(record.json.line)
      }
    } else {
      for line in text.owner(
        told, port: port, isBrief: isBrief, names: socketNames, tellsNext: tellsNext,
        isRedacted: redactor != nil
      ) {
        try output.line(line)
      }
    }
  }

  /// Looks up the names of the sockets' ends.
  private mutating func nameSockets(_ survey: PortSurvey) {
    for owned in survey.sockets {
      let record = SocketRecord(owned: owned, port: 0)
      if let local = record.local { nameSocket(at: local.address) }
      if let peer = record.peer { nameSocket(at: peer.address) }
    }
  }

  private mutating func nameSocket(at address: IPAddress) {
    guard let name = names.name(of: address) else { return }
    socketNames[redactor?.address(address) ?? address] = redactor?.redact(host: name) ?? name
  }

  /// The record as it is told: with the names that `--resolve` asks for, and without what `--redact` takes out.
  private mutating func named(_ record: SocketRecord) -> SocketRecord {
    var record = record
    record.localName = record.local.flatMap { names.name(of: $0.address) }
    record.peerName = record.peer.flatMap { names.name(of: $0.address) }
    return redactor?.redact(record) ?? record
  }

  /// What became of a socket on a port that is watched.
  mutating func change(_ record: SocketRecord) throws(Output.Failure) {
    let record = named(record)
    if isJSON {
      try output.bytes(record.json.line)
    } else {
      for line in text.change(record) { try output.line(line) }
    }
  }
}
