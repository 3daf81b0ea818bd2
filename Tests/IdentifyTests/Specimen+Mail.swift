import Packets

extension Specimen {
  static let mail: [Specimen] = [
    Specimen(
      "smtp", "plain220",
      """
      < '220 mx1 ready' 0d0a
      > 'EHLO a' 0d0a
      < '250-mx1' 0d0a '250 PIPELINING' 0d0a
      """),
    Specimen(
      "smtp", "multiline banner",
      """
      < '220-a' 0d0a '220 b ESMTP' 0d0a
      > 'HELO x' 0d0a
      < '250 a' 0d0a
      """),
    Specimen(
      "smtp", "reject",
      """
      < '554 5.7.1 No SMTP service here' 0d0a
      > 'EHLO a' 0d0a
      < '503 5.5.1 Error' 0d0a
      """),
    Specimen(
      "smtp", "starttls",
      """
      < '220 a ESMTP' 0d0a
      > 'EHLO b' 0d0a
      < '250-a' 0d0a '250 STARTTLS' 0d0a
      > 'STARTTLS' 0d0a
      < '220 go' 0d0a
      > 16030100 49010000 45030352 9e9bf8db 419c8ed9 a5c157e2 6992f15a cc20c6f0 39e829bc
        d2b22b8e 6e9a2900 000a1301 1302c02f c030002f 01000012 0000000e 000c0000 09
        'localhost'
      """),
    Specimen(
      "lmtp", "lmtp",
      """
      < '220 a LMTP Dovecot ready.' 0d0a
      > 'LHLO b' 0d0a
      < '250-a' 0d0a '250-8BITMIME' 0d0a '250 CHUNKING' 0d0a
      """),
    Specimen(
      "imap", "preauth",
      """
      < '* PREAUTH IMAP4rev1 server logged in' 0d0a
      > '1 SELECT INBOX' 0d0a
      < '* 3 EXISTS' 0d0a '1 OK done' 0d0a
      """),
    Specimen(
      "imap", "plainok",
      """
      < '* OK ready' 0d0a
      > '. LOGIN a b' 0d0a
      < '. NO failed' 0d0a
      """),
    Specimen(
      "imap", "literal",
      """
      < '* OK [CAPABILITY IMAP4rev1] x' 0d0a
      > 'a1 LOGIN {5}' 0d0a
      < '+ OK' 0d0a
      > 'alice {3}' 0d0a
      """),
    Specimen(
      "imap", "lower",
      """
      < '* OK ready' 0d0a
      > 'a capability' 0d0a
      < '* CAPABILITY IMAP4rev1' 0d0a 'a OK' 0d0a
      """),
    Specimen(
      "pop3", "apop",
      """
      < '+OK <1896.697170952@dbc>' 0d0a
      > 'APOP a c4c9334bac560ecc979e58001b3e22fb' 0d0a
      < '-ERR no' 0d0a
      """),
    Specimen(
      "pop3", "capa",
      """
      < '+OK hi' 0d0a
      > 'CAPA' 0d0a
      < 2b4f4b0d 0a 'USER' 0d0a 'SASL PLAIN' 0d0a2e0d 0a
      """),
    Specimen(
      "pop3", "lower",
      """
      < '+OK POP3 ready' 0d0a
      > 'user a' 0d0a
      < 2b4f4b0d 0a
      > 'pass b' 0d0a
      < '-ERR' 0d0a
      """),
    Specimen(
      "ftp", "multi",
      """
      < '220---------- Welcome to Pure-FTPd ----------' 0d0a '220-You are user number 1'
        0d0a '220 bye' 0d0a
      > 'USER anonymous' 0d0a
      < '331 ok' 0d0a
      """),
    Specimen(
      "ftp", "auth",
      """
      < '220 ready' 0d0a
      > 'AUTH TLS' 0d0a
      < '234 Proceed' 0d0a
      > 16030100 49010000 4503034f 7424997f f91f2cd6 723e0d 'gJIG' 0cd012bf f33186f7
        c3c93653 f265ed40 00000a13 011302c0 2fc03000 2f010000 12000000 0e000c00 0009
        'localhost'
      """),
    Specimen(
      "ftp", "feat",
      """
      < '220 x' 0d0a
      > 'FEAT' 0d0a
      < '211-Features:' 0d0a ' MDTM' 0d0a ' SIZE' 0d0a '211 End' 0d0a
      """),
    Specimen(
      "ftp", "421",
      """
      < '421 Too many connections FTP' 0d0a
      """),
    Specimen(
      "ftp", "lower",
      """
      < '220 x' 0d0a
      > 'user bob' 0d0a
      < '331 Password required' 0d0a
      > 'pass x' 0d0a
      < '530 Login incorrect' 0d0a
      """),
    Specimen(
      "telnet", "iac",
      """
      < fffd18ff fd20fffd 23fffd27
      > fffb18ff fc20fffc 23fffb27
      """),
    Specimen(
      "xmpp", "tls",
      """
      > '<?xml version=' 27312e30 27 '?><stream:stream to=' 276127 ' xmlns=' 27
        'jabber:client' 27 ' xmlns:stream=' 27 'http://etherx.jabber.org/streams' 27
        ' version=' 27312e30 273e
      < '<?xml version=' 27312e30 27 '?><stream:stream from=' 276127 ' id=' 273127
        ' xmlns=' 27 'jabber:client' 27 ' xmlns:stream=' 27
        'http://etherx.jabber.org/streams' 27 ' version=' 27312e30 27
        '><stream:features/>'
      """),
    Specimen(
      "xmpp", "ws less",
      """
      > '<stream:stream xmlns=' 22 'jabber:server' 22 ' xmlns:stream=' 22
        'http://etherx.jabber.org/streams' 22 ' to=' 226222 ' version=' 22312e30 223e
      < '<stream:stream xmlns=' 22 'jabber:server' 22 ' xmlns:stream=' 22
        'http://etherx.jabber.org/streams' 22 ' from=' 226222 ' id=' 2278223e
      """),
    Specimen(
      "irc", "plain",
      """
      > 'NICK a' 0d0a 'USER a 0 * :A' 0d0a
      < ':h NOTICE * :*** Looking up' 0d0a ':h 001 a :Welcome' 0d0a
      """),
    Specimen(
      "nntp", "caps",
      """
      < '200 server ready' 0d0a
      > 'CAPABILITIES' 0d0a
      < '101 list:' 0d0a 'VERSION 2' 0d0a 'READER' 0d0a2e0d 0a
      """),
    Specimen(
      "imap", "mid idle", isMidstream: true,
      """
      > 'a7 IDLE' 0d0a
      < '+ idling' 0d0a
      < '* 4 EXISTS' 0d0a
      > 'DONE' 0d0a
      < 'a7 OK Idle completed.' 0d0a
      """),
    Specimen(
      "xmpp", "mid", isMidstream: true,
      """
      > '<message to=' 27614062 27 ' type=' 27 'chat' 27 '><body>hi</body></message>'
      < '<presence from=' 27634064 272f3e
      """),
    Specimen(
      "telnet", "server only neg",
      """
      < fffb01ff fb030d0a 'login: '
      > fffd01ff fd03
      """),
  ]
}
