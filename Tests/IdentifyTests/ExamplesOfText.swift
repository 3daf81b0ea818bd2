import Packets

@testable import Flows
@testable import Identify

extension Example {
  static let mail: [Example] = [
    // RFC 1939 section 10
    Example(
      name: "pop3",
      exchange: Exchange(
        .tcp, .server("+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n"),
        .client("APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n"),
        .server("+OK mrose's maildrop has 2 messages (320 octets)\r\n"), .client("STAT\r\n"),
        .server("+OK 2 320\r\n")),
      alone: [.server],
      facts: [
        (.user, "mrose"), (.method, "APOP"),
        (.serverBanner, "+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>"),
      ]),
    Example(
      name: "pop3",
      exchange: Exchange(
        .tcp, .server("+OK\r\n"), .client("USER frated\r\n"), .server("-ERR no mailbox here\r\n"),
        .client("PASS secret\r\n"), .server("-ERR no\r\n"), .client("STAT\r\n")),
      alone: [.client], facts: [(.user, "frated")]),
    // RFC 9051 section 8
    Example(
      name: "imap",
      exchange: Exchange(
        .tcp,
        .server(
          "* OK [CAPABILITY STARTTLS AUTH=SCRAM-SHA-256 LOGINDISABLED IMAP4rev2] Server ready\r\n"),
        .client("a001 login mrc secret\r\n"), .server("a001 OK LOGIN completed\r\n"),
        .client("a002 select inbox\r\n"), .server("* 18 EXISTS\r\n")),
      strength: .proven, alone: [.client, .server], facts: [(.user, "mrc"), (.method, "LOGIN")]),
  ]

  static let news: [Example] = [
    // RFC 3977 sections 5.1.3 and 6.1.1.3
    Example(
      name: "nntp",
      exchange: Exchange(
        .tcp, .server("200 NNTP Service Ready, posting permitted\r\n"),
        .client("GROUP misc.test\r\n"),
        .server("211 1234 3000234 3002322 misc.test\r\n")),
      alone: [.server], facts: [(.topic, "misc.test")]),
    Example(
      name: "nntp",
      exchange: Exchange(
        .tcp, .server("201 ready\r\n"), .client("MODE READER\r\n"),
        .server("201 Posting prohibited\r\n"))),
    // RFC 2812 sections 3.1.2, 3.1.3 and 5.1
    Example(
      name: "irc",
      exchange: Exchange(
        .tcp, .client("NICK Wiz\r\nUSER guest 0 * :Ronnie Reagan\r\n"),
        .server(":irc.example NOTICE * :*** Looking up your hostname\r\n"),
        .server(":irc.example 001 Wiz :Welcome to the Internet Relay Network Wiz!guest@h\r\n"),
        .client("JOIN #foobar\r\n"), .server(":Wiz!guest@h JOIN #foobar\r\n")),
      strength: .proven, alone: [.client, .server],
      facts: [(.user, "Wiz"), (.server, "irc.example"), (.topic, "#foobar")]),
    Example(
      name: "irc",
      exchange: Exchange(
        .tcp, .client("CAP LS 302\r\n"), .server(":irc.example CAP * LS :multi-prefix sasl\r\n"))),
    // RFC 6120 section 4.2
    Example(
      name: "xmpp",
      exchange: Exchange(
        .tcp,
        .client(
          """
          <?xml version='1.0'?><stream:stream from='juliet@im.example.com' to='im.example.com' \
          version='1.0' xml:lang='en' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>
          """),
        .server(
          """
          <?xml version='1.0'?><stream:stream from='im.example.com' id='t7AMCin9zjMNwQKDnplntZPIDEI=' \
          version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>
          """)),
      alone: [.client, .server],
      facts: [
        (.host, "im.example.com"), (.from, "juliet@im.example.com"), (.dialect, "jabber:client"),
      ]),
    Example(
      name: "msnp",
      exchange: Exchange(
        .tcp, .client("VER 1 MSNP8 CVR0\r\n"), .server("VER 1 MSNP8\r\n"),
        .client("USR 2 TWN I user@example.com\r\n")),
      alone: [.client], facts: [(.version, "MSNP8"), (.user, "user@example.com")]),
    // RFC 854, RFC 1091
    Example(
      name: "telnet",
      exchange: Exchange(
        .tcp, .server([255, 253, 24, 255, 253, 32]), .client([255, 251, 24, 255, 251, 32]),
        .server([255, 250, 24, 1, 255, 240]),
        .client([255, 250, 24, 0] + Array("XTERM".utf8) + [255, 240]), .server("login: ")),
      alone: [.server], isSymmetric: true, facts: [(.userAgent, "XTERM")]),
  ]

  static let web: [Example] = [
    // RFC 2326 sections 10.1 and 10.2
    Example(
      name: "rtsp",
      exchange: Exchange(
        .tcp,
        .client("DESCRIBE rtsp://server.example.com/fizzle/foo RTSP/1.0\r\nCSeq: 312\r\n\r\n"),
        .server(
          "RTSP/1.0 200 OK\r\nCSeq: 312\r\nServer: x\r\nContent-Type: application/sdp\r\n\r\n")),
      strength: .proven, alone: [.client, .server],
      facts: [(.path, "rtsp://server.example.com/fizzle/foo"), (.server, "x"), (.status, "200")]),
    // RFC 3507 section 4.8.2
    Example(
      name: "icap",
      exchange: Exchange(
        .tcp,
        .client(
          """
          REQMOD icap://icap-server.net/server?arg=87 ICAP/1.0\r\nHost: icap-server.net\r\n\
          Encapsulated: req-hdr=0, null-body=170\r\n\r\n
          """),
        .server(
          "ICAP/1.0 200 OK\r\nDate: Mon, 10 Jan 2000 09:55:21 GMT\r\nServer: ICAP/1.0\r\n\r\n")),
      alone: [.client], facts: [(.host, "icap-server.net"), (.status, "200")]),
    Example(
      name: "fastcgi",
      exchange: Exchange(
        .tcp, .client([1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
        .client(
          [1, 4, 0, 1, 0, 19, 5, 0, 14, 3] + Array("REQUEST_METHODGET".utf8) + [0, 0, 0, 0, 0]),
        .server([1, 6, 0, 1, 0, 2, 6, 0, 65, 66, 0, 0, 0, 0, 0, 0])),
      alone: [.client], facts: [(.method, "GET")]),
    Example(
      name: "ajp13",
      exchange: Exchange(
        .tcp,
        .client(
          [0x12, 0x34, 0, 52, 2, 2, 0, 8] + Array("HTTP/1.1".utf8) + [0, 0, 2] + Array("/a".utf8)
            + [0, 0, 9] + Array("127.0.0.1".utf8) + [0, 0xff, 0xff, 0, 4] + Array("host".utf8)
            + [0, 0, 80, 0, 0, 0, 0xff]),
        .server([0x41, 0x42, 0, 9, 4, 0, 200, 0, 2, 79, 75, 0, 0, 0])),
      alone: [.client], facts: [(.method, "GET"), (.path, "/a"), (.host, "host"), (.status, "200")]),
    Example(
      name: "ajp13",
      exchange: Exchange(.tcp, .client([0x12, 0x34, 0, 1, 10]), .server([0x41, 0x42, 0, 1, 9]))),
    Example(
      name: "json-rpc",
      exchange: Exchange(
        .tcp,
        .client(#"{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}"# + "\n"),
        .server(#"{"jsonrpc": "2.0", "result": 19, "id": 1}"# + "\n")),
      alone: [.client], facts: [(.method, "subtract")]),
    Example(
      name: "json-rpc",
      exchange: Exchange(
        .tcp,
        .client("Content-Length: 46\r\n\r\n" + #"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#),
        .server("Content-Length: 36\r\n\r\n" + #"{"jsonrpc":"2.0","id":1,"result":{}}"#)),
      alone: [.client], facts: [(.method, "initialize")]),
    Example(
      name: "stratum",
      exchange: Exchange(
        .tcp, .client(#"{"id": 1, "method": "mining.subscribe", "params": ["miner/1.0"]}"# + "\n"),
        .server(#"{"id": 1, "result": [[["mining.notify", "a"]], "08", 4], "error": null}"# + "\n"),
        .client(#"{"id": 2, "method": "mining.authorize", "params": ["worker", "x"]}"# + "\n")),
      alone: [.client], alsoWhenCut: ["json-rpc"],
      facts: [(.userAgent, "miner/1.0"), (.user, "worker")]),
  ]

  static let tools: [Example] = [
    // gitprotocol-pack
    Example(
      name: "git",
      exchange: Exchange(
        .tcp, .client("0033git-upload-pack /project.git\u{0}host=myserver.com\u{0}"),
        .server(
          "00577217a7c7e582c46cec22a130adf4b9d7d950fba0 HEAD\u{0}multi_ack thin-pack side-band-64k   \n"
        )),
      alone: [.client], facts: [(.path, "/project.git"), (.host, "myserver.com")]),
    // RFC 1288 section 4
    Example(
      name: "finger",
      exchange: Exchange(
        .tcp, .client("bloggs\r\n"),
        .server(
          "Login: bloggs   Name: Joe Bloggs\r\nDirectory: /home/bloggs   Shell: /bin/sh\r\nNo Plan.\r\n"
        )),
      facts: [(.user, "bloggs")]),
    Example(
      name: "whois",
      exchange: Exchange(
        .tcp, .client("example.com\r\n"),
        .server(
          "   Domain Name: EXAMPLE.COM\r\n   Registrar: IANA\r\n   Name Server: A.IANA-SERVERS.NET\r\n"
        )),
      facts: [(.question, "example.com")]),
    Example(
      name: "rsync",
      exchange: Exchange(
        .tcp, .server("@RSYNCD: 31.0 sha512 md5\n"), .client("@RSYNCD: 31.0 sha512 md5\n"),
        .client("module\n"), .server("@RSYNCD: OK\n")),
      alone: [.client, .server], isSymmetric: true, facts: [(.version, "31.0"), (.topic, "module")]),
    Example(
      name: "svn",
      exchange: Exchange(
        .tcp, .server("( success ( 2 2 ( ) ( edit-pipeline svndiff1 ) ) ) "),
        .client("( 2 ( edit-pipeline svndiff1 ) 21:svn://example.com/rep ) ")),
      alone: [.server], facts: [(.path, "svn://example.com/rep")]),
    Example(
      name: "munin",
      exchange: Exchange(
        .tcp, .server("# munin node at foo.example.com\n"), .client("list\n"), .server("cpu df\n")),
      alone: [.server], facts: [(.server, "foo.example.com")]),
    Example(
      name: "zabbix",
      exchange: Exchange(
        .tcp,
        .client(
          Array("ZBXD".utf8) + [1, 44, 0, 0, 0, 0, 0, 0, 0]
            + Array(#"{"request":"active checks","host":"Zabbix a"}"#.utf8.prefix(44))
            .replacingLast(with: 0x7d)),
        .server(
          Array("ZBXD".utf8) + [1, 22, 0, 0, 0, 0, 0, 0, 0] + Array(#"{"response":"success"}"#.utf8)
        )),
      alone: [.client, .server], facts: [(.message, "active checks"), (.status, "success")]),
    Example(
      name: "zabbix",
      exchange: Exchange(
        .tcp, .client("agent.ping\n"),
        .server(Array("ZBXD".utf8) + [1, 1, 0, 0, 0, 0, 0, 0, 0, 0x31])),
      alone: [.server], facts: [(.message, "agent.ping")]),
    Example(
      name: "haproxy",
      exchange: Exchange(.tcp, .client("PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\nrest")),
      strength: .consistent, alone: [.client],
      facts: [(.from, "192.168.0.1:56324"), (.to, "192.168.0.11:443")]),
    Example(
      name: "haproxy",
      exchange: Exchange(
        .tcp,
        .client([
          13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10, 0x21, 0x11, 0, 12, 127, 0, 0, 1,
          127, 0, 0, 2,
          0x30, 0x39, 0, 80,
        ])),
      strength: .consistent, alone: [.client],
      facts: [(.from, "127.0.0.1:12345"), (.to, "127.0.0.2:80")]),
    Example(
      name: "ncid",
      exchange: Exchange(
        .tcp, .server("200 NCID Server: ncidd 1.12\r\n"),
        .server(
          "CID: *DATE*10062016*TIME*1234*LINE*-*NMBR*4075551212*MESG*NONE*NAME*JOHN ON CELL*\r\n")),
      strength: .consistent, alone: [.server],
      facts: [(.from, "4075551212"), (.user, "JOHN ON CELL")]),
    Example(
      name: "kismet",
      exchange: Exchange(
        .tcp, .server("*KISMET: 0.0.0 1046482812 \u{1}Kismet\u{1} 20030228 1 2.8.1\n"),
        .client("!0 ENABLE TIME *\n")),
      alone: [.server], facts: [(.server, "Kismet")]),
    // RFC 5424 section 6.5 and RFC 3164 section 5.4
    Example(
      name: "syslog",
      exchange: Exchange(
        .udp,
        .client(
          "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - 'su root' failed for lonvick"
        )),
      strength: .consistent, alone: [.client],
      facts: [(.from, "mymachine.example.com"), (.message, "su"), (.version, "RFC 5424")]),
    Example(
      name: "syslog",
      exchange: Exchange(
        .udp,
        .client("<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8")),
      strength: .consistent, alone: [.client], facts: [(.from, "mymachine"), (.message, "su")]),
    Example(
      name: "syslog",
      exchange: Exchange(
        .tcp,
        .client(
          "41 <165>1 2003-10-11T22:14:15.003Z a b - - -41 <165>1 2003-10-11T22:14:15.003Z a b - - -"
        )),
      strength: .consistent, alone: [.client], facts: [(.message, "b")]),
  ]
}

extension [UInt8] {
  fileprivate func replacingLast(with byte: UInt8) -> [UInt8] { dropLast() + [byte] }
}
