import Packets

extension Specimen {
  static let voice: [Specimen] = [
    Specimen(
      "sip", "compact", over: .udp,
      """
      > 'INVITE sip:b@h SIP/2.0' 0d0a 'v: SIP/2.0/UDP h;branch=z9hG4bKa' 0d0a
        'f: <sip:a@h>;tag=1' 0d0a 't: <sip:b@h>' 0d0a 'i: x@h' 0d0a 'CSeq: 1 INVITE' 0d0a
        'l: 0' 0d0a0d0a
      < 'SIP/2.0 180 Ringing' 0d0a 'v: SIP/2.0/UDP h;branch=z9hG4bKa' 0d0a
        'f: <sip:a@h>;tag=1' 0d0a 't: <sip:b@h>' 0d0a 'i: x@h' 0d0a 'CSeq: 1 INVITE' 0d0a
        'l: 0' 0d0a0d0a
      """),
    Specimen(
      "sip", "register tcp lower",
      """
      > 'REGISTER sip:h SIP/2.0' 0d0a
        'via: SIP/2.0/TCP [2001:db8::1]:5060;branch=z9hG4bKa' 0d0a
        'from: <sip:a@[2001:db8::1]>;tag=1' 0d0a 'to: <sip:a@h>' 0d0a 'call-id: x@h' 0d0a
        'cseq: 7 REGISTER' 0d0a 'content-length: 0' 0d0a0d0a
      < 'SIP/2.0 401 Unauthorized' 0d0a
        'via: SIP/2.0/TCP [2001:db8::1]:5060;branch=z9hG4bKa' 0d0a
        'from: <sip:a@[2001:db8::1]>;tag=1' 0d0a 'to: <sip:a@h>' 0d0a 'call-id: x@h' 0d0a
        'cseq: 7 REGISTER' 0d0a 'content-length: 0' 0d0a0d0a
      """),
    Specimen(
      "sip", "crlf keepalive first", over: .udp,
      """
      > 0d0a0d0a
      > 'INVITE sip:b@h SIP/2.0' 0d0a 'v: SIP/2.0/UDP h;branch=z9hG4bKa' 0d0a
        'f: <sip:a@h>;tag=1' 0d0a 't: <sip:b@h>' 0d0a 'i: x@h' 0d0a 'CSeq: 1 INVITE' 0d0a
        'l: 0' 0d0a0d0a
      < 'SIP/2.0 100 Trying' 0d0a 'v: SIP/2.0/UDP h;branch=z9hG4bKa' 0d0a
        'f: <sip:a@h>;tag=1' 0d0a 't: <sip:b@h>' 0d0a 'i: x@h' 0d0a 'CSeq: 1 INVITE' 0d0a
        'l: 0' 0d0a0d0a
      """),
    Specimen(
      "sip", "tcp ping",
      """
      > 0d0a0d0a 'REGISTER sip:h SIP/2.0' 0d0a
        'via: SIP/2.0/TCP [2001:db8::1]:5060;branch=z9hG4bKa' 0d0a
        'from: <sip:a@[2001:db8::1]>;tag=1' 0d0a 'to: <sip:a@h>' 0d0a 'call-id: x@h' 0d0a
        'cseq: 7 REGISTER' 0d0a 'content-length: 0' 0d0a0d0a
      < 0d0a
      < 'SIP/2.0 200 OK' 0d0a 'via: SIP/2.0/TCP [2001:db8::1]:5060;branch=z9hG4bKa' 0d0a
        'from: <sip:a@[2001:db8::1]>;tag=1' 0d0a 'to: <sip:a@h>' 0d0a 'call-id: x@h' 0d0a
        'cseq: 7 REGISTER' 0d0a 'content-length: 0' 0d0a0d0a
      """),
    Specimen(
      "sip", "tel uri", over: .udp,
      """
      > 'INVITE tel:+31701234567 SIP/2.0' 0d0a 'v: SIP/2.0/UDP h;branch=z9hG4bKa' 0d0a
        'f: <sip:a@h>;tag=1' 0d0a 't: <sip:b@h>' 0d0a 'i: x@h' 0d0a 'CSeq: 1 INVITE' 0d0a
        'l: 0' 0d0a0d0a
      < 'SIP/2.0 404 Not Found' 0d0a 'v: SIP/2.0/UDP h;branch=z9hG4bKa' 0d0a
        'f: <sip:a@h>;tag=1' 0d0a 't: <sip:b@h>' 0d0a 'i: x@h' 0d0a 'CSeq: 1 INVITE' 0d0a
        'l: 0' 0d0a0d0a
      """),
    Specimen(
      "sip", "no reason", over: .udp,
      """
      > 'OPTIONS sip:b@h SIP/2.0' 0d0a 'v: SIP/2.0/UDP h;branch=z9hG4bKa' 0d0a
        'f: <sip:a@h>;tag=1' 0d0a 't: <sip:b@h>' 0d0a 'i: x@h' 0d0a 'CSeq: 1 OPTIONS'
        0d0a0d0a
      < 'SIP/2.0 200 ' 0d0a 'v: SIP/2.0/UDP h;branch=z9hG4bKa' 0d0a 'f: <sip:a@h>;tag=1'
        0d0a 't: <sip:b@h>' 0d0a 'i: x@h' 0d0a 'CSeq: 1 OPTIONS' 0d0a0d0a
      """),
    Specimen(
      "rtcp", "sr sdes", over: .udp,
      """
      > 80c80006 00001111 15b5f1ec 4ee7561f fab5f698 90f7995b 9cd818ae 81ca0004 00001111
        0106 'a@b.cd' 00000000
      > 80c80006 00001111 94e8af19 92a5377c ecb70044 ac873776 ca6cd254 81ca0004 00001111
        0106 'a@b.cd' 00000000
      > 80c80006 00001111 83dd429f d30a4d4c a993 'J.mouE' e958d77d 81ca0004 00001111 0106
        'a@b.cd' 00000000
      """),
    Specimen(
      "stun", "bare", over: .udp,
      """
      > 00010000 2112a442 9ce885a0 c4163bab 9d1893e4
      < 0101000c 2112a442 9ce885a0 c4163bab 9d1893e4 00200008 0001a147 e112a643
      """),
    Specimen(
      "stun", "3489 pair", over: .udp,
      """
      > 00010000 4e145512 012c8946 041a84be b5c31680
      < 0101000c 4e145512 012c8946 041a84be b5c31680 00010008 0001a147 cb007105
      """),
    Specimen(
      "stun", "turn alloc", over: .udp,
      """
      > 00030008 2112a442 9ce885a0 c4163bab 9d1893e4 00190004 11000000
      < 01130010 2112a442 9ce885a0 c4163bab 9d1893e4 00090004 00000401 00140004 'a.bc'
      """),
    Specimen(
      "stun", "tcp",
      """
      > 00030008 2112a442 9ce885a0 c4163bab 9d1893e4 00190004 11000000
      < 01130010 2112a442 9ce885a0 c4163bab 9d1893e4 00090004 00000401 00140004 'a.bc'
      """),
    Specimen(
      "rtsp", "describe",
      """
      > 'DESCRIBE rtsp://a/b RTSP/1.0' 0d0a 'CSeq: 2' 0d0a0d0a
      < 'RTSP/1.0 401 Unauthorized' 0d0a 'CSeq: 2' 0d0a 'WWW-Authenticate: Digest'
        0d0a0d0a
      """),
    Specimen(
      "sip", "mid tcp", isMidstream: true,
      """
      > 'BYE sip:b@h SIP/2.0' 0d0a 'v: SIP/2.0/UDP h;branch=z9hG4bKa' 0d0a
        'f: <sip:a@h>;tag=1' 0d0a 't: <sip:b@h>' 0d0a 'i: x@h' 0d0a 'CSeq: 2 BYE' 0d0a0d0a
      < 'SIP/2.0 200 OK' 0d0a 'v: SIP/2.0/UDP h;branch=z9hG4bKa' 0d0a 'f: <sip:a@h>;tag=1'
        0d0a 't: <sip:b@h>' 0d0a 'i: x@h' 0d0a 'CSeq: 2 BYE' 0d0a0d0a
      """),
    Specimen(
      "sip", "message v6 udp", over: .udp,
      """
      > 'MESSAGE sip:b@[2001:db8::9]:5070;transport=udp SIP/2.0' 0d0a
        'via: SIP/2.0/TCP [2001:db8::1]:5060;branch=z9hG4bKa' 0d0a
        'from: <sip:a@[2001:db8::1]>;tag=1' 0d0a 'to: <sip:a@h>' 0d0a 'call-id: x@h' 0d0a
        'CSeq: 4 MESSAGE' 0d0a 'Content-Type: text/plain' 0d0a 'Content-Length: 2'
        0d0a0d0a 6869
      < 'SIP/2.0 202 Accepted' 0d0a 'via: SIP/2.0/TCP [2001:db8::1]:5060;branch=z9hG4bKa'
        0d0a 'from: <sip:a@[2001:db8::1]>;tag=1' 0d0a 'to: <sip:a@h>' 0d0a 'call-id: x@h'
        0d0a 'CSeq: 4 MESSAGE' 0d0a0d0a
      """),
    Specimen(
      "rtsp", "interleaved",
      """
      > 'OPTIONS * RTSP/1.0' 0d0a 'CSeq: 1' 0d0a0d0a
      < 'RTSP/1.0 200 OK' 0d0a 'CSeq: 1' 0d0a 'Public: DESCRIBE' 0d0a0d0a
      < 2400000c 80600001 00000001 00000002
      """),
  ]
}
