import Sockets

/// Programs that speak one protocol, for a listener whose traffic nobody has seen.
enum ProgramWords {
  /// What the program is, with its article; nil for any that could speak anything.
  static func kind(of process: ProcessIdentity) -> String? {
    if let module = pythonModule(process.arguments) { return module }
    guard let executable = process.executable else { return nil }
    let name = String(
      decoding: executable.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
    return programs[name]
  }

  private static let programs = [
    "nginx": "an HTTP server", "apache2": "an HTTP server", "httpd": "an HTTP server",
    "lighttpd": "an HTTP server", "caddy": "an HTTP server", "sshd": "an SSH server",
    "dropbear": "an SSH server", "redis-server": "a Redis server",
    "valkey-server": "a Redis server",
    "memcached": "a memcached server", "postgres": "a PostgreSQL server",
    "mysqld": "a MySQL server",
    "mariadbd": "a MySQL server", "mongod": "a MongoDB server", "mosquitto": "an MQTT broker",
    "nebula-graphd": "a NebulaGraph server (Thrift)", "svnserve": "a Subversion server",
    "vsftpd": "an FTP server", "named": "a DNS server", "dnsmasq": "a DNS and DHCP server",
    "chronyd": "an NTP server", "ntpd": "an NTP server", "slapd": "an LDAP server",
    "smbd": "an SMB server", "rsyslogd": "a syslog server", "snmpd": "an SNMP agent",
    "openvpn": "an OpenVPN endpoint", "xrdp": "an RDP server", "Xvnc": "a VNC server",
    "owntone": "an HTTP and DAAP server",
    "docker-proxy": "a forwarder of a container's published port",
    "rootlessport": "a forwarder of a container's published port",
  ]

  private static let pythonModules = [
    "http.server": "an HTTP server", "SimpleHTTPServer": "an HTTP server",
    "smtpd": "an SMTP server",
    "aiosmtpd": "an SMTP server", "uvicorn": "an HTTP server", "gunicorn": "an HTTP server",
  ]

  /// `python3 -m MODULE ...` by its arguments.
  private static func pythonModule(_ arguments: [[UInt8]]) -> String? {
    guard let first = arguments.first,
      first.split(separator: UInt8(ascii: "/")).last?.starts(with: Array("python".utf8)) == true,
      let flag = arguments.firstIndex(of: Array("-m".utf8)), flag + 1 < arguments.count,
      arguments[1..<flag].allSatisfy({ $0.first == UInt8(ascii: "-") })
    else { return nil }
    return pythonModules[String(decoding: arguments[flag + 1], as: UTF8.self)]
  }
}
