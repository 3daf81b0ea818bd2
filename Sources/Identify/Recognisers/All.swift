extension Recogniser {
  /// Every recogniser, one line each, by name; the order means nothing.
  public static let all: [Recogniser] = [
    sip,
    ssh,
    ftp,
    grpc,
    http,
    http2,
    mqtt,
    redis,
    smtp,
    socks,
    ssdp,
    ssh,
    websocket,
    giop,
    mysql,
    postgresql,
    rdp,
    smb,
    ssh,
    thrift,
  ]
}
