import Packets

extension Specimen {
  static let webAndMore: [Specimen] = [
    Specimen(
      "websocket", "mid json", isMidstream: true,
      """
      > 81931122 33446a00 5a203318 03 'h3MCf+' 00542165 004e
      < 81117b22 6964223a 302c2272 22 ':true}'
      > 81931122 33446a00 5a203318 02 'h3MCf+' 00542165 004e
      < 81117b22 6964223a 312c2272 22 ':true}'
      > 81931122 33446a00 5a203318 01 'h3MCf+' 00542165 004e
      < 81117b22 6964223a 322c2272 22 ':true}'
      """),
    Specimen(
      "websocket", "mid ping", isMidstream: true,
      """
      < 8904 'abcd'
      > 8a841122 '3Dp@P '
      < 810a7b22 'tick' 223a317d
      < 810a7b22 'tick' 223a327d
      > 81891122 33446a00 52277a00 09766c
      """),
    Specimen(
      "http", "mid chunk", isMidstream: true,
      """
      < 31610d0a 'abcdefghijklmnopqrstuvwxyz' 0d0a300d 0a0d0a
      > 'GET /b HTTP/1.1' 0d0a 'Host: a' 0d0a0d0a
      < 'HTTP/1.1 200 OK' 0d0a 'Content-Length: 2' 0d0a0d0a 6869
      """),
    Specimen(
      "ssh", "mid kex", isMidstream: true,
      """
      > 00000099 08140f4e f3b69799 fedeb215 215c31c7 69b60000 0011 'curve25519-sha256'
        0000000b 'ssh-ed25519' 0000000a 'aes128-ctr' 0000000a 'aes128-ctr' 0000000d
        'hmac-sha2-256' 0000000d 'hmac-sha2-256' 00000004 'none' 00000004 'none' 00000000
        00000000 00000000 00ba9aa4 ac9faa02 3b
      < 00000099 0814eed1 09a72070 80000536 5b865be6 5fd90000 0011 'curve25519-sha256'
        0000000b 'ssh-ed25519' 0000000a 'aes128-ctr' 0000000a 'aes128-ctr' 0000000d
        'hmac-sha2-256' 0000000d 'hmac-sha2-256' 00000004 'none' 00000004 'none' 00000000
        00000000 00000000 00a781 'UX_6' d755
      """),
    Specimen(
      "tls", "ssl2 hello",
      """
      > 80310103 01001800 00001000 00040000 0500000a 01008007 00c00300 80000009 060040a0
        36411479 fb5f0d18 5070a910 3923ba
      < 16030100 4a020000 4603010e 4512771a 04d156d8 f4491c8f 2a34f1e6 e41c720e 58470253
        def9dfcf 05c21d ' k!d}s' 00dae814 a21e8350 c11cdf19 '?qf]>4' a7b084c1 20e3c3da
        2ec02f00
      """),
    Specimen(
      "websocket", "up",
      """
      > 'GET /c HTTP/1.1' 0d0a 'Host: a' 0d0a 'Upgrade: websocket' 0d0a
        'Connection: keep-alive, Upgrade' 0d0a
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' 0d0a 'Sec-WebSocket-Version: 13'
        0d0a0d0a
      < 'HTTP/1.1 101 Switching Protocols' 0d0a 'Upgrade: websocket' 0d0a
        'Connection: Upgrade' 0d0a 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo='
        0d0a0d0a
      """),
  ]
}
