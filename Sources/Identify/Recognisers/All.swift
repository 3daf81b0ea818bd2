extension Recogniser {
  /// Every recogniser, one line each, by name; the order means nothing.
  public static let all: [Recogniser] = [
    giop,
    mysql,
    postgresql,
    rdp,
    smb,
    ssh,
    thrift,
  ]
}
