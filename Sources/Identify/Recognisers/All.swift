extension Recogniser {
  /// Every recogniser, one line each, by name; the order means nothing.
  public static let all: [Recogniser] = [
    bitTorrent,
    dns,
    dtls,
    googleQUIC,
    llmnr,
    mdns,
    netBIOSNames,
    quic,
    rtcp,
    rtp,
    ssh,
    stun,
    tls,
    wireGuard,
  ]
}
