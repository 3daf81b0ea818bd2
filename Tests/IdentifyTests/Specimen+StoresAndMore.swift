import Packets

extension Specimen {
  static let storesAndMore: [Specimen] = [
    Specimen(
      "mqtt", "mid ping", isMidstream: true,
      """
      > c000
      < d000
      > c000
      < d000
      """),
    Specimen(
      "mqtt", "mid qos1", isMidstream: true,
      """
      > 320c0003 612f6200 07 'hello'
      < 40020007
      > 320c0003 612f6200 08 'hello'
      < 40020008
      """),
    Specimen(
      "mqtt", "mid down", isMidstream: true,
      """
      < 320c0003 612f6200 07 'hello'
      > 40020007
      """),
    Specimen(
      "redis", "mid", isMidstream: true,
      """
      > 2a320d0a 24330d0a 4745540d 0a24310d 0a610d0a
      < 24310d0a 620d0a
      """),
    Specimen(
      "postgresql", "mid", isMidstream: true,
      """
      > 51000000 0d 'select 1' 00
      < 54000000 210001 '?column?' 00000000 00000000 00001700 04ffffff ff000044 0000000b
        00010000 00013143 0000000d 'SELECT 1' 005a0000 000549
      """),
    Specimen(
      "postgresql", "mid extended", isMidstream: true,
      """
      > 50000000 1100 'select $1' 00000042 00000011 00000000 00010000 00013100 00450000
        00090000 00000053 00000004
      < 31000000 04320000 00044400 00000b00 01000000 01314300 00000d 'SELECT 1' 005a0000
        000549
      """),
    Specimen(
      "mysql", "mid", isMidstream: true,
      """
      > 09000000 03 'select 1'
      < 01000001 01170000 02036465 66000000 0131000c 3f000100 00000881 00000000 05000003
        fe000002 00020000 04013105 000005fe 00000200
      """),
    Specimen(
      "mongodb", "mid", isMidstream: true,
      """
      > 31000000 0b000000 00000000 dd070000 00000000 001c0000 0002 'find' 00020000
        00610002 24646200 02000000 620000
      < 26000000 63000000 0b000000 dd070000 00000000 00110000 00016f6b 00000000 000000f0
        3f00
      """),
    Specimen(
      "amqp", "mid hb", isMidstream: true,
      """
      > 08000000 000000ce
      < 08000000 000000ce
      > 08000000 000000ce
      < 08000000 000000ce
      """),
    Specimen(
      "mssql-tds", "prelogin",
      """
      > 1201002f 00000100 00001a00 06010020 00010200 21000103 00220004 04002600 01ff0b00
        0c380000 02000000 000001
      < 0401002b 00000100 00001a00 06010020 00010200 21000103 00220000 04002200 01ff0c00
        0fa00000 000000
      """),
    Specimen(
      "stomp", "1.2",
      """
      > 'STOMP' 0a 'accept-version:1.2' 0a 'host:a' 0a0a00
      < 'CONNECTED' 0a 'version:1.2' 0a0a00
      """),
    Specimen(
      "nats", "x",
      """
      < 'INFO {' 22 'server_id' 223a2261 222c22 'version' 223a22 '2.10' 222c22
        'max_payload' 22 ':1048576}' 0d0a
      > 'CONNECT {' 22 'verbose' 22 ':false}' 0d0a 'PING' 0d0a
      < 'PONG' 0d0a
      """),
    Specimen(
      "kafka", "v4",
      """
      > 00000010 00120000 00000001 0006 'client'
      < 00000010 00000001 00000000 00010012 00000003
      """),
    Specimen(
      "git", "x",
      """
      > '0033git-upload-pack /project.git' 00 'host=myserver.com' 00
      < '003faaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa refs/heads/master' 0a '0000'
      """),
    Specimen(
      "git", "v2",
      """
      > '0035git-upload-pack /a.git' 00 'host=b.example' 0000 'version=2' 00
      < '000eversion 2' 0a '0000'
      """),
    Specimen(
      "zabbix", "agent",
      """
      > 'agent.ping' 0a
      < 'ZBXD' 01010000 00000000 0031
      """),
    Specimen(
      "memcached", "udp", over: .udp,
      """
      > 00010000 00010000 'get a' 0d0a
      < 00010000 00010000 454e440d 0a
      """),
    Specimen(
      "memcached", "bin",
      """
      > 800b0000 00000000 00000000 0000abcd 00000000 00000000
      < 810b0000 00000000 00000005 0000abcd 00000000 00000000 '1.6.1'
      """),
    Specimen(
      "rsync", "x",
      """
      < '@RSYNCD: 31.0 sha512 sha256 sha1 md5 md4' 0a
      > '@RSYNCD: 31.0 sha512 md5' 0a
      > '#list' 0a
      < 61090a '@RSYNCD: EXIT' 0a
      """),
  ]
}
