/// Names that HTTP/1 messages are made of.
enum HTTPMethods {
  /// Methods of the IANA registry, of UPnP (GENA), WebDAV extensions in wide use, MS-RPCH, BITS, SSTP and Icecast.
  static let known: Set<String> = [
    "ACL", "BASELINE-CONTROL", "BCOPY", "BDELETE", "BIND", "BITS_POST", "BMOVE", "BPROPFIND",
    "BPROPPATCH", "CHECKIN", "CHECKOUT", "CONNECT", "COPY", "DELETE", "GET", "HEAD", "LABEL",
    "LINK", "LOCK", "MERGE", "MKACTIVITY", "MKCALENDAR", "MKCOL", "MKREDIRECTREF", "MKWORKSPACE",
    "MOVE", "NOTIFY", "OPTIONS", "ORDERPATCH", "PATCH", "POLL", "POST", "PROPFIND", "PROPPATCH",
    "PURGE", "PUT", "QUERY", "REBIND", "REPORT", "RPC_IN_DATA", "RPC_OUT_DATA", "SEARCH", "SOURCE",
    "SSTP_DUPLEX_POST", "SUBSCRIBE", "TRACE", "UNBIND", "UNCHECKOUT", "UNLINK", "UNLOCK",
    "UNSUBSCRIBE", "UPDATE", "UPDATEREDIRECTREF", "VERSION-CONTROL",
  ]

  /// Header fields that HTTP messages carry and other protocols in its form hardly do.
  private static let fields: Set<String> = [
    "accept", "accept-encoding", "accept-language", "accept-ranges", "age", "authorization",
    "cache-control", "connection", "content-encoding", "content-language", "content-length",
    "content-type", "cookie", "date", "etag", "expires", "host", "if-modified-since",
    "if-none-match", "keep-alive", "last-modified", "location", "origin", "pragma",
    "proxy-agent", "proxy-authenticate", "proxy-authorization", "proxy-connection", "range",
    "referer", "server", "set-cookie", "te", "transfer-encoding", "upgrade", "user-agent", "vary",
    "via", "www-authenticate", "x-powered-by",
  ]

  /// Whether a head holds a field of HTTP's own.
  static func isOfHTTP(_ head: HTTPHead) -> Bool {
    head.fields.contains { fields.contains($0.name) }
  }

  /// The scanner whose request this is, by the name that it gives itself or by a target that only it asks for.
  static func tool(_ line: HTTPRequestLine, _ head: HTTPHead) -> String? {
    // Nmap's FourOhFourRequest probe and a check of its scripts.
    if line.target.elementsEqual("/nice%20ports%2C/Tri%6Eity.txt%2ebak".utf8)
      || line.target.containsIgnoringCase("/nmaplowercheck")
    {
      return "nmap"
    }
    guard let agent = head["user-agent"]?.prefix(512) else { return nil }
    return agents.first { agent.containsIgnoringCase($0.mark) }?.tool
  }

  private static let agents: [(mark: String, tool: String)] = [
    ("masscan", "masscan"), ("zgrab", "zgrab"), ("Nmap Scripting Engine", "nmap"),
    ("CensysInspect", "censys"), ("Expanse", "expanse"), ("Nikto", "nikto"), ("sqlmap", "sqlmap"),
    ("gobuster", "gobuster"), ("feroxbuster", "feroxbuster"), ("DirBuster", "dirbuster"),
    ("Fuzz Faster U Fool", "ffuf"), ("WPScan", "wpscan"), ("Nuclei", "nuclei"),
    ("OpenVAS", "openvas"), ("Nessus", "nessus"), ("Acunetix", "acunetix"), ("w3af", "w3af"),
    ("Arachni", "arachni"), ("WhatWeb", "whatweb"), ("l9explore", "l9explore"),
    ("l9tcpid", "l9tcpid"), ("InternetMeasurement", "internet-measurement"),
    ("NetcraftSurveyAgent", "netcraft"), ("Shodan", "shodan"), ("httpx - Open-source", "httpx"),
    ("(Hydra)", "hydra"),
  ]
}
