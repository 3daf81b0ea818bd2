import Packets

extension Specimen {
  static let web: [Specimen] = [
    Specimen(
      "tls", "fragmented hello",
      """
      > 16030100 28010000 4503030d 393652b0 480e0f15 46152217 21ba6621 c4 '6~ih9' 11112c93
        f4 '3C2h' 00001603 0100210a 13011302 c02fc030 002f0100 00120000 000e000c 000009
        'localhost'
      < 16030100 4a020000 460303b2 fb30fb5e fdb18551 916d76ff 543829fb 35a7b630 cdca2cd8
        0cbe699b 86db5720 c277eb40 11b2a74f e6a556ed e0837640 abec7962 889a4f4f 7ea7b252
        78a76084 c02f00
      """),
    Specimen(
      "tls", "fragmented hello2",
      """
      > 16030100 28010000 450303 '4T4d' c44d4b9a 98de8c64 37368f69 c6ed1106 ccdf7197
        ed0b4883 cf027cdc 00001603 0100210a 13011302 c02fc030 002f0100 00120000 000e000c
        000009 'localhost'
      < 16030100 14020000 460303d7 75755c3f e8dda085 32d67ccc 50160301 0036f0b5 7588c081
        da5ff601 8fb77d9a a4f5f8db 202bb94e 9bc51d2b a647b007 056b2496 80 '3Iw_' e7b14e6a
        ce552e98 65fd6d28 c02f00
      """),
    Specimen(
      "tls", "ssl3 noext",
      """
      > 16030000 35010000 310300c0 77e79100 a48689d8 50159348 4b8cffb1 2bf8c366 779e1dca
        ee698204 c5eb2c00 000a1301 1302c02f c030002f 0100
      < 16030000 4a020000 460300b5 2077cb84 a4f4 'g`lb/' 5c94b9b7 ce4c7e16 fcbf36be
        ed294fa1 0fb08f0a 20301168 f86d858f da31e443 8213ad66 5cc12a0e 1a11bdea f920cb3d
        2e83a377 2dc02f00
      """),
    Specimen(
      "tls", "tls10 noext",
      """
      > 16030100 35010000 310301c9 5de551bd 78715813 83b41e0e 1884f71c 334aa202 6598e135
        f1a5be83 c73fbf00 000a1301 1302c02f c030002f 0100
      < 16030100 4a020000 460301f6 c256e17a 4906ef63 12507027 bf47e431 c50b26e7 ada577f4
        3bbb49a9 711d5c20 e74ae04c 88d6d27e 4f0d8a97 ab5585fb 37a2e9f7 3a4e1d6c f4923d83
        67badd85 c02f00
      """),
    Specimen(
      "tls", "alert",
      """
      > 16030100 49010000 4503037a 7931c794 d4531d96 4908e2ae 47e20092 5fb8de14 d16f8d5c
        465c 'uYd(,' 00000a13 011302c0 2fc03000 2f010000 12000000 0e000c00 0009
        'localhost'
      < 15030300 020228
      """),
    Specimen(
      "tls", "v6",
      """
      > 16030100 49010000 450303eb 9bf4f09e 0f7caa71 60c4ca06 b4537aa5 a6fb8a91 6e971d0b
        5122b2e1 1fc6e100 000a1301 1302c02f c030002f 01000012 0000000e 000c0000 09
        'localhost'
      < 16030100 4a020000 460303b5 37734fd5 acb44767 8d30f389 41d33402 d23cfecb 4cd58f38
        c2e7ea93 b495b420 c8c4a403 ffc2e399 5e9b4adf c1762da9 a57ca668 da050d18 83fe999f
        dfdcc7ed c02f00
      """),
    Specimen(
      "tls", "grease",
      """
      > 16030100 52010000 4e0303b7 14b3e705 227532d1 bfcd4e60 d7f9cde1 af2f57b9 a2bb269f
        593896af d7509400 000a1301 1302c02f c030002f 0100001b 7a7a0000 0000000e 000c0000
        09 'localhost' aaaa0001 00
      < 16030100 4a020000 4603036a 60d35d1e 36b415d2 05019d02 9bcb3207 0f6459fe 884965d2
        '>JP6' 0e '3& W' fbefdc1f 06a54979 b58d5610 883220b2 62e6c50a 1b70ca16 e11b7a7f
        721651c0 2f00
      """),
    Specimen(
      "http", "propfind",
      """
      > 'PROPFIND /dav HTTP/1.1' 0d0a 'Host: a' 0d0a 'Depth: 1' 0d0a0d0a
      < 'HTTP/1.1 207 Multi-Status' 0d0a 'Content-Type: text/xml' 0d0a0d0a '<a/>'
      """),
    Specimen(
      "http", "lf only",
      """
      > 'GET / HTTP/1.1' 0a 'Host: a' 0a0a
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "http", "lf both",
      """
      > 'GET / HTTP/1.0' 0a0a
      < 'HTTP/1.0 200 OK' 0a 'Server: x' 0a 'Content-Type: text/html' 0a0a '<html>'
      """),
    Specimen(
      "http", "absolute",
      """
      > 'GET http://www.example.com/a?b=c HTTP/1.1' 0d0a 'host: www.example.com' 0d0a0d0a
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "http", "no reason",
      """
      > 'GET / HTTP/1.1' 0d0a 'Host: a' 0d0a0d0a
      < 'HTTP/1.1 200' 0d0a 'Content-Length: 0' 0d0a0d0a
      """),
    Specimen(
      "http", "no reason space",
      """
      > 'GET / HTTP/1.1' 0d0a 'Host: a' 0d0a0d0a
      < 'HTTP/1.1 200 ' 0d0a 'Content-Length: 0' 0d0a0d0a
      """),
    Specimen(
      "http", "continue",
      """
      > 'POST /u HTTP/1.1' 0d0a 'Host: a' 0d0a 'Expect: 100-continue' 0d0a
        'Content-Length: 3' 0d0a0d0a
      < 'HTTP/1.1 100 Continue' 0d0a0d0a
      > 616263
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "http", "options star",
      """
      > 'OPTIONS * HTTP/1.1' 0d0a 'Host: a' 0d0a0d0a
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "http", "custom method",
      """
      > 'PURGE /x HTTP/1.1' 0d0a 'Host: a' 0d0a0d0a
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "http", "weird method",
      """
      > 'FROBNICATE /x HTTP/1.1' 0d0a 'Host: a' 0d0a0d0a
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "http", "lead crlf",
      """
      > 0d0a 'GET / HTTP/1.1' 0d0a 'Host: a' 0d0a0d0a
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "http", "status only",
      """
      > 'GET / HTTP/1.1' 0d0a 'Host: a' 0d0a0d0a
      < 'HTTP/1.1 404 Not Found' 0d0a0d0a
      """),
    Specimen(
      "http", "utf8 path",
      """
      > 'GET /caf' e9 ' HTTP/1.1' 0d0a 'Host: a' 0d0a0d0a
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "http", "post big binary",
      """
      > 'POST /u HTTP/1.1' 0d0a 'Host: a' 0d0a 'Content-Length: 500' 0d0a0d0a 9862219f
        2d739340 cc90b6ce ed438d5a 0fbbb3d3 0cec7fcd b4325d95 3a8a7014 cf1452dc 659b4fc2
        149f5b74 fe82deb2 00399215 187d3813 a36bb02c d5c9718f 2eb2d9e2 aee71b69 db41fa60
        16855953 78857f1e 56b7b1d2 2f679f46 45f9f779 7b03e344 b3994448 7baa3cd9 564feccf
        693a9406 b8f96916 1e8f9b64 389ee539 52a6e3ef b9945624 1705eff8 2aa98737 fadefa61
        a404b72e 92807d28 460e0cca 4a97bc5f 56349ea7 c25eb6a3 75bc45bd 817a1d15 36ce196e
        fdd8ff50 99 ')HtSF' e2cd2d14 e1f5616f be0110d9 4991241c d7ad20e0 045a54c1 9702e2b2
        64f02ba5 ebdb4fcd 291ea998 d7bcf646 99af0e60 71e52b4b bed5b87b e1ca853a 745c6739
        71813060 80fa74ea 733929d0 25e1443a 34ebc857 62f32f46 bf1dcf79 18be1507 6deb993d
        45da2c67 3ab556bb ae05823e 7abeb6fa 16b433b6 a739117c 82b562e4 0ae13a0a f9382584
        5e4c94c2 498089e3 070caf4d f9f71012 265dc8f3 51e5c975 26b8a86e 9f43166c 56b8efa9
        efc6b5a0 03abf7aa 740a7feb 174a498b c48b2086 b6471130 66da32b9 90794824 9baeb97d
        b3cfab1e aca5f6bc 7c78b24d 456903e8 cfe4ca9a 5621499a 9d81ae '%a([' 9bb4efb6
        db22f8a3 598d830b 5489790a 6f18cce5 66903264 7b1d4218 2825ae45 02608a07 a50e6ca4
        a70df8cf ac591dd4 172cabfd cc83ed06 0da2a01c d4a8502f 094f6b
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "http", "empty host",
      """
      > 'GET / HTTP/1.1' 0d0a 'Host:' 0d0a 'User-Agent: x' 0d0a0d0a
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "http", "obs fold",
      """
      > 'GET / HTTP/1.1' 0d0a 'Host: a' 0d0a 'X-A: b' 0d0a2063 0d0a0d0a
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "ssh", "1.99 prebanner",
      """
      < 'Welcome to this host' 0d0a 'Unauthorised use prohibited' 0d0a
        'SSH-1.99-Cisco-1.25' 0a
      > 'SSH-2.0-PuTTY_Release_0.78' 0d0a
      """),
    Specimen(
      "ssh", "lf",
      """
      > 'SSH-2.0-libssh2_1.10' 0a
      < 'SSH-2.0-dropbear' 0a
      """),
    Specimen(
      "ssh", "1.5",
      """
      < 'SSH-1.5-1.2.33' 0a
      > 'SSH-1.5-OpenSSH_3' 0a
      """),
    Specimen(
      "ssh", "comment",
      """
      < 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u2' 0d0a
      > 'SSH-2.0-Go' 0d0a0000 00990814 492eb7b9 d8b04ea9 7584f410 9ee88eb9 00000011
        'curve25519-sha256' 0000000b 'ssh-ed25519' 0000000a 'aes128-ctr' 0000000a
        'aes128-ctr' 0000000d 'hmac-sha2-256' 0000000d 'hmac-sha2-256' 00000004 'none'
        00000004 'none' 00000000 00000000 00000000 008c4381 04f333b9 4d
      """),
    Specimen(
      "ssh", "server then mismatch",
      """
      < 'SSH-2.0-OpenSSH_9.2' 0d0a
      > 'GET / HTTP/1.0' 0d0a0d0a
      < 'Invalid SSH identification string.' 0d0a
      """),
    Specimen(
      "dtls", "1.0", over: .udp,
      """
      > 16feff00 00000000 00000000 40010000 34000000 00000000 34feffc1 99ae8c02 7191538f
        9774d7e4 7dea5b20 05240ff6 e17d97cd 39658b9a ff87d800 00000ac0 2fc03000 9c002f00
        35010000 00
      < 16feff00 00000000 00000000 23030000 17000000 00000000 17feff14 61088858 1e788b70
        1317243c f30304d9 364bd5d2
      """),
    Specimen(
      "http2", "prior",
      """
      > 'PRI * HTTP/2.0' 0d0a0d0a 534d0d0a 0d0a0000 00040000 000000
      < 00000604 00000000 00000300 00006400 00000401 00000000
      """),
    Specimen(
      "http2", "mid", isMidstream: true,
      """
      > 00000501 05000000 0f828487 bebf
      < 00000301 04000000 0f88c0c1 00003c00 01000000 0f7cd85f 7687ecbf a476b394 d01f5d9b
        5ab823ae 83dbc1b3 e9cf38a0 ac91cc58 71538684 923484d0 5df83a22 b4163e0c 3ad346c8
        46d87503 eabd60e1 a9
      > 00000501 05000000 11828487 bebf
      < 00000301 04000000 1188c0c1 00001e00 01000000 11fdbf1f 680ba5db bfb8e226 c395cd5f
        7a5e8ff0 cffba256 ec9caee6 7119bc
      """),
    Specimen(
      "http2", "mid ping wu", isMidstream: true,
      """
      > 00000806 00000000 00010101 01010101 01
      < 00000806 01000000 00010101 01010101 01
      > 00000408 00000000 00000100 00
      < 00003200 00000000 0f97b797 95ad7028 75dd2c59 08e7 '3xr?q&' 5c4c9d05 d86e13a7 fb
        '_kvjLR' 14558064 67009819 043b9f9a 910b83f2
      > 00000408 00000000 0f000100 00
      """),
  ]
}
