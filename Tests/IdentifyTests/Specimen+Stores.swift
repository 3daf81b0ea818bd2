import Packets

extension Specimen {
  static let stores: [Specimen] = [
    Specimen(
      "mqtt", "3.1",
      """
      > 10100006 'MQIsdp' 0302003c 0002636c
      < 20020000
      """),
    Specimen(
      "mqtt", "5 props",
      """
      > 101c0004 'MQTT' 05c2003c 05110000 000a0000 0004 'user' 00027077
      < 200b0000 08120005 'auto1'
      """),
    Specimen(
      "mqtt", "5 will",
      """
      > 101f0004 'MQTT' 0526003c 00000269 64051800 00000500 03772f74 00036279 65
      < 20030087 00
      """),
    Specimen(
      "mqtt", "311 empty id refused",
      """
      > 100c0004 'MQTT' 04020000 0000
      < 20020005
      """),
    Specimen(
      "mqtt", "connect+subscribe",
      """
      > 100d0004 'MQTT' 0402003c 00016382 08000100 03612f23 00
      < 20020000 90030001 00
      """),
    Specimen(
      "mqtt", "bridge",
      """
      > 100e0004 'MQTT' 8402003c 00026272
      < 20020000
      """),
    Specimen(
      "mqtt", "311 user nopw",
      """
      > 10120004 'MQTT' 0482003c 00016300 036a6f65
      < 20020100
      """),
    Specimen(
      "mysql", "8",
      """
      < 4a000000 0a '8.0.36' 00090000 00 'MyS.2ktQ' 00ffffff 0200ffc1 15000000 00000000
        000000 'ZI/v' 5c '%*8i7y/' 00 'caching_sha2_password' 00
      > 50000001 05a68500 00000001 2d000000 00000000 00000000 00000000 00000000 00000000
        'root' 0014c592 368ba58b 6b3e8297 c91349b4 9d9b0ef1 6fba 'mysql_native_password'
        00
      < 07000002 00000002 000000
      """),
    Specimen(
      "mysql", "mariadb",
      """
      < 5b000000 0a '5.5.5-10.11.6-MariaDB-1' 00090000 00 '2{j[>&7.' 00fef7ff 0200ff81
        15000000 00000000 000000 'k}@P/ia}8_xa' 00 'mysql_native_password' 00
      > 20000001 05ae8500 00000001 2d000000 00000000 00000000 00000000 00000000 00000000
        16030100 49010000 45030301 7199fc83 7194d593 3e864208 52dc06a7 9dbfd800 e07724f4
        a3adfe4d c0c56800 000a1301 1302c02f c030002f 01000012 0000000e 000c0000 09
        'localhost'
      """),
    Specimen(
      "mysql", "toomany",
      """
      < 17000000 ff1004 'Too many connections'
      """),
    Specimen(
      "mysql", "blocked",
      """
      < 43000000 ff6a04 'Host ' 27 '10.0.0.1' 27
        ' is not allowed to connect to this MariaDB server'
      """),
    Specimen(
      "mysql", "4.0 old",
      """
      < 27000000 0a '4.0.27' 00090000 00 'J|vrtx?d' 002c2008 02000000 00000000 00000000
        000000
      > 12000001 85040000 00 'root' 00 'T|lgc2.' 22
      < 05000002 00000002 00
      """),
    Specimen(
      "postgresql", "3.2",
      """
      > 0000001b 00030002 'user' 006100 'database' 00620000
      < 52000000 17000000 0a 'SCRAM-SHA-256' 0000
      """),
    Specimen(
      "postgresql", "replication",
      """
      > 00000025 00030000 'user' 007200 'replication' 00 'database' 0000
      < 52000000 0c000000 05faf6d8 04
      """),
    Specimen(
      "postgresql", "ssl",
      """
      > 00000008 04d2162f
      < 53
      > 16030100 49010000 45030348 8f90d4c9 157e2104 44004b1d ed63bf95 df3a9d92 9f6eb4ee
        afd5da05 77e43800 000a1301 1302c02f c030002f 01000012 0000000e 000c0000 09
        'localhost'
      < 16030100 4a020000 460303dd 0845d6f5 7f5f04dc 53931efa c1fe37c3 b120e4ce 919fd63b
        ee5013d6 a68fc520 091c14c7 0e21518c 78700ba1 efc27f8c dfac6a25 8796cc51 ac3936a9
        0824b2a5 c02f00
      """),
    Specimen(
      "postgresql", "ssl no",
      """
      > 00000008 04d2162f
      < 4e
      > 00000010 00030000 'user' 00610000
      < 45000000 '0SFATAL' 00 'VFATAL' 00 'C28000' 00 'Mno pg_hba.conf entry' 0000
      """),
    Specimen(
      "postgresql", "gss",
      """
      > 00000008 04d21630
      < 4e
      > 00000008 04d2162f
      < 53
      > 16030100 49010000 45030373 977960bb 'Wh>J' 1a833efe 585e1346 24638fa5 0ddafd5e
        1eab5199 03798b00 000a1301 1302c02f c030002f 01000012 0000000e 000c0000 09
        'localhost'
      """),
    Specimen(
      "postgresql", "negotiate",
      """
      > 00000019 00030002 'user' 006100 '_pq_.x' 00310000
      < 76000000 13000300 00000000 01 '_pq_.x' 00520000 00080000 0000
      """),
    Specimen(
      "postgresql", "old error",
      """
      > 00000008 04d2162f
      < 'EFATAL:  unsupported frontend protocol 2.0: server supports 3.0 to 3.0' 0a00
      """),
    Specimen(
      "redis", "inline",
      """
      > 'PING' 0d0a
      < '+PONG' 0d0a
      """),
    Specimen(
      "redis", "hello3",
      """
      > 2a320d0a 24350d0a 'HELLO' 0d0a2431 0d0a330d 0a
      < 25320d0a 24360d0a 'server' 0d0a2435 0d0a 'redis' 0d0a2435 0d0a 'proto' 0d0a3a33
        0d0a
      """),
    Specimen(
      "redis", "noauth",
      """
      > 2a310d0a 24340d0a 'INFO' 0d0a
      < '-NOAUTH Authentication required.' 0d0a
      """),
    Specimen(
      "redis", "pipeline",
      """
      > 2a330d0a 24330d0a 5345540d 0a24310d 0a610d0a 24310d0a 620d0a2a 320d0a24 330d0a47
        45540d0a 24310d0a 610d0a
      < 2b4f4b0d 0a24310d 0a620d0a
      """),
    Specimen(
      "redis", "lower",
      """
      > 2a310d0a 24370d0a 'command' 0d0a
      < 2a310d0a 2a360d0a 24330d0a 6765740d 0a3a320d 0a2a310d 0a '+readonly' 0d0a3a31
        0d0a3a31 0d0a3a31 0d0a
      """),
    Specimen(
      "redis", "subscribe",
      """
      > 2a320d0a 24390d0a 'SUBSCRIBE' 0d0a2431 0d0a780d 0a
      < 2a330d0a 24390d0a 'subscribe' 0d0a2431 0d0a780d 0a3a310d 0a
      """),
    Specimen(
      "redis", "sentinel",
      """
      > 2a330d0a 24380d0a 'SENTINEL' 0d0a2437 0d0a 'masters' 0d0a2431 0d0a780d 0a
      < 2a300d0a
      """),
    Specimen(
      "amqp", "091",
      """
      > 'AMQP' 00000901
      < 01000000 00001500 0a000a00 09000000 00000000 05 'PLAIN' ce
      """),
    Specimen(
      "amqp", "10 sasl",
      """
      > 'AMQP' 03010000
      < 'AMQP' 03010000 0000001a 02010000 005340c0 0d01e00a 01a305 'PLAIN'
      """),
    Specimen(
      "amqp", "refused",
      """
      > 'AMQP' 00000901
      < 'AMQP' 0101000a
      """),
    Specimen(
      "memcached", "stats",
      """
      > 'stats' 0d0a
      < 'STAT pid 1' 0d0a 'STAT uptime 5' 0d0a454e 440d0a
      """),
    Specimen(
      "memcached", "meta",
      """
      > 'mg foo v' 0d0a
      < 'VA 2' 0d0a6869 0d0a
      """),
    Specimen(
      "memcached", "getmiss",
      """
      > 'get a b c' 0d0a
      < 454e440d 0a
      """),
    Specimen(
      "memcached", "version",
      """
      > 'version' 0d0a
      < 'VERSION 1.6.18' 0d0a
      """),
    Specimen(
      "cassandra", "v5",
      """
      > 05000000 05000000 00
      < 85000000 06000000 17000100 11 'PROTOCOL_VERSIONS' 0000
      """),
    Specimen(
      "cassandra", "v4 startup",
      """
      > 04000000 01000000 16000100 0b 'CQL_VERSION' 0005 '3.0.0'
      < 84000000 02000000 00
      """),
    Specimen(
      "mongodb", "msg",
      """
      > 34000000 01000000 00000000 dd070000 00000000 001f0000 0010 'hello' 00010000
        00022464 62000600 0000 'admin' 0000
      < 26000000 09000000 01000000 dd070000 00000000 00110000 00016f6b 00000000 000000f0
        3f00
      """),
    Specimen(
      "mongodb", "query",
      """
      > 3a000000 01000000 00000000 d4070000 00000000 'admin.$cmd' 00000000 00ffffff
        ff130000 0010 'isMaster' 00010000 0000
      < 34000000 09000000 01000000 01000000 00000000 00000000 00000000 00000000 01000000
        10000000 08 'ismaster' 000100
      """),
  ]
}
