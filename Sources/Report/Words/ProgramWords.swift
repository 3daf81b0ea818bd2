import Sockets

/// Programs that speak one protocol, for a listener whose traffic nobody has seen.
enum ProgramWords {
  /// What the program is, with its article; nil for any that could speak anything.
  static func kind(of process: ProcessIdentity) -> String? {
    if let module = pythonModule(process.arguments) { return module }
    guard let executable = process.executable else { return nil }
    // The process of one login listens for what it forwards (ssh -R), whatever that is.
    if let title = process.arguments.first, title.starts(with: "sshd: ".utf8),
      !String(decoding: title, as: UTF8.self).contains("[listener]")
    {
      return nil
    }
    let name = String(
      decoding: executable.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
    return words(ofProgram: name)
  }

  private static func words(ofProgram name: String) -> String? {
    switch name {
    case "nginx", "apache2", "httpd", "lighttpd", "caddy": "an HTTP server"
    case "sshd", "dropbear": "an SSH server"
    case "redis-server", "valkey-server": "a Redis server"
    case "memcached": "a memcached server"
    case "postgres": "a PostgreSQL server"
    case "mysqld", "mariadbd": "a MySQL server"
    case "mongod": "a MongoDB server"
    case "mosquitto": "an MQTT broker"
    case "nebula-graphd": "a NebulaGraph server (Thrift)"
    case "svnserve": "a Subversion server"
    case "vsftpd": "an FTP server"
    case "named": "a DNS server"
    case "dnsmasq": "a DNS and DHCP server"
    case "chronyd", "ntpd": "an NTP server"
    case "slapd": "an LDAP server"
    case "smbd": "an SMB server"
    case "rsyslogd": "a syslog server"
    case "snmpd": "an SNMP agent"
    case "openvpn": "an OpenVPN endpoint"
    case "xrdp": "an RDP server"
    case "Xvnc": "a VNC server"
    case "owntone": "an HTTP and DAAP server"
    case "docker-proxy", "rootlessport": "a forwarder of a container's published port"
    default: nil
    }
  }

  private static func words(ofPythonModule name: String) -> String? {
    switch name {
    case "http.server", "SimpleHTTPServer", "uvicorn", "gunicorn": "an HTTP server"
    case "smtpd", "aiosmtpd": "an SMTP server"
    default: nil
    }
  }

  /// `python3 -m MODULE ...` by its arguments.
  private static func pythonModule(_ arguments: [[UInt8]]) -> String? {
    guard let first = arguments.first,
      first.split(separator: UInt8(ascii: "/")).last?.starts(with: Array("python".utf8)) == true,
      let flag = arguments.firstIndex(of: Array("-m".utf8)), flag + 1 < arguments.count,
      arguments[1..<flag].allSatisfy({ $0.first == UInt8(ascii: "-") })
    else { return nil }
    return words(ofPythonModule: String(decoding: arguments[flag + 1], as: UTF8.self))
  }
}
