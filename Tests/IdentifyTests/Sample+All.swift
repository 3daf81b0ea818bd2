extension Sample {
  /// Every sample, by protocol.
  static let all: [Sample] = [
    giop,
    mysql,
    postgresql,
    rdp,
    smb,
    thrift,
  ].flatMap { $0 }
}
