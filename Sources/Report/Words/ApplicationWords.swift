import Identify

/// What people call an application.
enum ApplicationWords {
  /// Short names where the full title would be clumsy in a sentence.
  private static let short = [
    "http": "HTTP", "http2": "HTTP/2", "ssh": "SSH", "tls": "TLS", "dtls": "DTLS", "ftp": "FTP",
    "smtp": "SMTP", "imap": "IMAP", "pop3": "POP3", "dns": "DNS", "mdns": "mDNS", "llmnr": "LLMNR",
    "rdp": "RDP", "sip": "SIP", "rtsp": "RTSP", "rtp": "RTP", "rtcp": "RTCP", "snmp": "SNMP",
    "ntp": "NTP",
    "ldap": "LDAP", "ssdp": "SSDP", "dhcp": "DHCP", "tftp": "TFTP", "stun": "STUN", "mqtt": "MQTT",
    "giop": "CORBA GIOP/IIOP", "thrift": "Apache Thrift", "quic": "QUIC", "irc": "IRC",
    "nntp": "NNTP",
    "xmpp": "XMPP", "smb": "SMB", "telnet": "Telnet", "websocket": "WebSocket", "socks": "SOCKS",
    "syslog": "syslog", "bgp": "BGP", "amqp": "AMQP", "vnc": "VNC", "svn": "Subversion (ra_svn)",
    "sip-pint": "SIP/PINT", "spirits": "SPIRITS",
  ]

  private static let titles = Dictionary(
    Recogniser.all.map { ($0.name, $0.title) }
  ) { first, _ in first }

  /// The name in a sentence; an application that a user's own rule named stands as it is, escaped.
  static func title(_ application: String?) -> String {
    guard let application else { return "an unidentified protocol" }
    return short[application] ?? Escaped.text(titles[application] ?? application)
  }
}
