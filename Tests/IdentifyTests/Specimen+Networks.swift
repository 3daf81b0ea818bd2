import Packets

extension Specimen {
  static let networks: [Specimen] = [
    Specimen(
      "wireguard", "hs", over: .udp,
      """
      > 01000000 3241cdcb 244cc6c8 e85d151f d16d9ed3 90f032e6 600c92f5 250c79df 9a2b15cb
        52bd43f5 1e0cf4ff 25be00e8 45dff792 98f39d4d 163c3c90 139d61c2 ea7cc1f5 693494ed
        ddb64924 86e8964a 1058b505 5a3b1260 d52e00aa '!qrx' d03462b7 5a1bce76 b17eb0f0
        d2e55553 04f86726 a9f09582 f174fad7 a5369cce a1dc467d 00000000 00000000 00000000
        00000000
      < 02000000 6c0feeab 3241cdcb 7d4b9aa7 88a5768f 09ab6a62 239bdd58 9c2faad1 990f8ef8
        01ec2e66 cb3b43e5 631be21b 7a4eee7b f26f7659 ffe700c4 43a6d061 2e69f718 8e35d52c
        a20c8aba 00000000 00000000 00000000 00000000
      > 04000000 6c0feeab 00000000 00000000 420780e3 d84b6289 df525e67 f438a4b0
      """),
    Specimen(
      "wireguard", "cookie", over: .udp,
      """
      > 01000000 3241cdcb 244cc6c8 e85d151f d16d9ed3 90f032e6 600c92f5 250c79df 9a2b15cb
        52bd43f5 1e0cf4ff 25be00e8 45dff792 98f39d4d 163c3c90 139d61c2 ea7cc1f5 693494ed
        ddb64924 86e8964a 1058b505 5a3b1260 d52e00aa '!qrx' d03462b7 5a1bce76 b17eb0f0
        d2e55553 04f86726 a9f09582 f174fad7 a5369cce a1dc467d 00000000 00000000 00000000
        00000000
      < 03000000 3241cdcb 15516cb3 c97afc3b 02191ea8 4da0e9f5 79ab940d 3832670e 26ac20ee
        ee37af1e 76eb9bb0 12f55654 6f8c2cfb 6d69f79d b9a0bb4e dbaf63eb
      """),
    Specimen(
      "wireguard", "data", over: .udp,
      """
      > 04000000 01020304 09000000 00000000 3c0ef37c 2332e2ec 48f3b443 5a7c1850 49229ccc
        459246bd 119b824f 012163e2 fa 'Ft6L' f93a117e 33bef337 523ea1a5 49276d81 2beb47dc
        5cdf33fc e24a07c0 d7 'k#Mg0)j-' 9b6323ad e57a586e 881104be 'xJQ-0' 187ac742 15
      < 04000000 05060788 03000000 00000000 0fec10e5 e068978c f5ccd5e9 bbacdf99 906aeeae
        e910d7fa eccd9a60 4420e0ec 4733b79d c271ad2b 6c05940d 21cbbf12
      > 04000000 01020304 0a000000 00000000 600f1802 2af44e1e 04e5ff6d 328b35e9 13359887
        b1fb96c4 e50812e2 db56e6d9 95c22bf2 90ab23b2 7445962f 8d8f5968 2239daa3 caa85df3
        957b5ffd 0b09b660 38c9 'oZKD' 09f3a107 6ca0a566 a1f31275 bb3f95bd dfc13d76
        81b27c13 b5e1
      < 04000000 05060788 04000000 00000000 3de84fa2 76c4e2ab 9cbceea3 efd81d37 f9280d32
        a8d41c13 7c15b4f2 aaa24d16 0198a1a7 b4ddc64a 1c5ddd35 317282fb
      > 04000000 01020304 0b000000 00000000 5e6569d0 90818d81 edd9adda 5a3e59a2 5c90fa4e
        f9e8320a e533bb12 3cd24939 3ef40fd7 89b4c5d3 03671cde 12d7e06d 73efc7a3 286bedb1
        1d713245 c65d0da6 dff877a4 08308024 bbf576ca 4b9f2c2a c42cdea2 1e2bc596 1287
        's(DJN' ed
      < 04000000 05060788 05000000 00000000 4f3a064b bf88150d 9b028528 93a6d3d9 e5b55857
        ff1a27b9 'j,9Y' edcbf8a7 18cd97fd a5f61497 00b41e3f 1d939512
      > 04000000 01020304 0c000000 00000000 9127838c 6fe40f82 2ef24c25 58cc18a4 47c8e469
        17bee047 ae986f72 ac151c23 1542eee1 17554ac1 2fc89d2d 1c1bc020 7727d1e2 d56c0b67
        d30b8010 'oM/v' d7c5c4 'StHt,mG' 13827fa2 4a527e00 8ad5c6c0 fa1d7a9b 4c5d378c 6db4
      < 04000000 05060788 06000000 00000000 9e848c 'Tr%J' 9656ea19 fc3aaa62 90952be2
        7d19715c e502bf3b f60fc476 c3f5f037 ed56d606 82e96afe 4d52dcda d5
      """),
    Specimen(
      "openvpn", "plain", over: .udp,
      """
      > 3897d61d b6071245 48000000 0000
      < 40b37128 143c0e0b 7a010000 000097d6 1db60712 45480000 0000
      > 2897d61d b6071245 48010000 0000b371 28143c0e 0b7a
      """),
    Specimen(
      "openvpn", "auth16", over: .udp,
      """
      > 3897d61d b6071245 480d8abe 0ab98ed2 de6f2cf0 07ae0dce 47000000 016553f1 00000000
        0000
      < 40b37128 143c0e0b 7af4bd9a 31ea0fe6 8d898658 e81c3085 f1000000 016553f1 00010000
        000097d6 1db60712 45480000 0000
      """),
    Specimen(
      "openvpn", "auth20", over: .udp,
      """
      > 3897d61d b6071245 48d6966a f38e2167 72095ea3 5f97ccfe a5988134 11000000 016553f1
        00000000 0000
      < 40b37128 143c0e0b 7ae7271b aeabca70 5fa09cc9 427c5694 83fd18b8 66000000 016553f1
        00010000 000097d6 1db60712 45480000 0000
      """),
    Specimen(
      "openvpn", "auth32", over: .udp,
      """
      > 3897d61d b6071245 488e6ac5 fd25f83d f7 's6=/' f0c581fa b77e4ac9 ee94b042 b7fbd0cd
        3c5a08db 00000001 6553f100 00000000 00
      < 40b37128 143c0e0b 7a55c122 d0b11237 3e04d5a5 26523927 '|kI;GW' dfa2bde3 'j0v&'
        18047100 00000165 53f10001 00000000 97d61db6 07124548 00000000
      """),
    Specimen(
      "openvpn", "auth64", over: .udp,
      """
      > 3897d61d b6071245 48a4fbbf 8e785003 469872e7 a14019f8 b5db7ad6 e403dd1e 90a3051d
        3862f51f 5e99e75c 943ed3e8 045d34a9 62e414 '(E(T3 ' bcec0935 6744cd3d b18561b0
        00000001 6553f100 00000000 00
      < 40b37128 143c0e0b 7af2bf2c 2a8e205f 0707a793 f57cf5fc 465a920a 446fb7d3 016de3b0
        '1/(@;' f5ece3aa a0f1beb1 ce31e951 9e2128bb 9a6e7f0b 1e349fcf 24fe974d 0eabe4a0
        00000001 6553f100 01000000 0097d61d b6071245 48000000 00
      """),
    Specimen(
      "openvpn", "crypt", over: .udp,
      """
      > 3897d61d b6071245 48000000 016553f1 0082c253 17024af7 55d69cae d9d9d4 'CP.d'
        12fd5df4 16c207ce 5b6613eb 8c11 'o|/}' d7
      < 40b37128 143c0e0b 7a000000 016553f1 0091c169 2963879f 14c269fc 384cc43e 09de880b
        09aabf89 7aee6f43 3b0b8d4d 85a04782 e3810251 9f80394b e66b142a 7966
      """),
    Specimen(
      "openvpn", "tcp",
      """
      > 000e3897 d61db607 12454800 00000000
      < 001a40b3 7128143c 0e0b7a01 00000000 97d61db6 07124548 00000000
      > 00162897 d61db607 12454801 00000000 b3712814 3c0e0b7a
      """),
    Specimen(
      "bittorrent", "peers",
      """
      > 13 'BitTorrent protocol' 00000000 00100005 'HHHHHHHHHHHHHHHHHHHH-qB4520-' 8903800d
        c0c0c7f2 59fd777d
      < 13 'BitTorrent protocol' 00000000 00100005 'HHHHHHHHHHHHHHHHHHHH-qB4520-' 0902212d
        a2a628ee 675b40d1
      """),
    Specimen(
      "bittorrent", "dht", over: .udp,
      """
      > 'd1:ad2:id20:' 02a1d7de cb0aae07 a33efaf1 9de915b4 1dd91bb7
        'e1:q4:ping1:t2:aa1:y1:qe'
      < 'd1:rd2:id20:' aa929d83 4a29e9dd 871368b6 5bdae644 212bc4ab 'e1:t2:aa1:y1:re'
      """),
    Specimen(
      "bittorrent", "utp", over: .udp,
      """
      > 41001234 aa9b7c93 00000000 00100000 00010000
      < 21001234 d4b54566 3ad06dbc 00100000 56780001
      > 01001235 2ec732d6 9e881350 00100000 00025678 aeaa74af b4d907dc 9b98687b 1f17236d
        67d0d1c4 a51d5897 c4bca572 aeef9a63 21fa63ad 26ba6f03 b3a8078e d6935233 d6d690ea
        8fa18fb5 dc6fc036
      """),
    Specimen(
      "bittorrent", "tracker", over: .udp,
      """
      > 00000417 27101980 00000000 ea8bbadd
      < 00000000 ea8bbadd 0dd873a8 c6167f44
      > 0dd873a8 c6167f44 00000001 ea8bbadd 300be768 8d18636a 29e05fbf dea5279d d5cc22b6
        214fe799 2e098011 1308662f 571ab208 f3a3d92e 00000000 00000000 00000000 00000000
        00000000 00000000 00000002 00000000 002315f5 ffffffff 1ae1
      < 00000001 ea8bbadd 00000708 00000001 00000002 d27ec96f 568bb10e 2cf2ec42 c8ba4eed
        2628
      """),
    Specimen(
      "socks", "4a",
      """
      > 04010050 00000001 6d6500 'example.com' 00
      < 005a0050 00000001
      """),
    Specimen(
      "socks", "5 auth",
      """
      > 05020002
      < 0502
      > 01026d65 027077
      < 0100
      > 05010003 0b 'example.com' 0050
      < 05000001 00000000 0000
      """),
    Specimen(
      "socks", "5 refuse",
      """
      > 050100
      < 05ff
      """),
    Specimen(
      "isakmp", "v1 main", over: .udp,
      """
      > 78ec06cb 175535b5 00000000 00000000 01100200 00000000 00000054 00000038 00000001
        00000001 0000002c 01010001 00000024 01010000 80010005 80020002 80030001 80040002
        800b0001 000c0004 00007080
      < 78ec06cb 175535b5 41bade84 d2b381ed 01100200 00000000 00000054 00000038 00000001
        00000001 0000002c 01010001 00000024 01010000 80010005 80020002 80030001 80040002
        800b0001 000c0004 00007080
      """),
    Specimen(
      "isakmp", "v2", over: .udp,
      """
      > 78ec06cb 175535b5 00000000 00000000 28202208 00000000 00000048 28000008 efc961e8
        00000024 0590d7de 8f7ce9e7 ab6d5551 1fb4a78d d6982f86 da778a87 79c01d32 11a62446
      < 78ec06cb 175535b5 e8521bb8 b4345cbe 29202220 00000000 00000024 00000008 0000000e
      """),
    Specimen(
      "gtp", "echo", over: .udp,
      """
      > 32010004 00000000 00010000
      < 32020006 00000000 00010000 0e00
      """),
    Specimen(
      "l2tp", "sccrq", over: .udp,
      """
      > c8020014 00000000 00000000 80080000 00000001
      < c8020014 00010000 00000001 80080000 00000002
      """),
    Specimen(
      "bgp", "open",
      """
      > ffffffff ffffffff ffffffff ffffffff 001d0104 fde800b4 0a000001 00
      < ffffffff ffffffff ffffffff ffffffff 001d0104 fde900b4 0a000002 00
      """),
    Specimen(
      "bgp", "mid keepalive", isMidstream: true,
      """
      > ffffffff ffffffff ffffffff ffffffff 001304
      < ffffffff ffffffff ffffffff ffffffff 001304
      > ffffffff ffffffff ffffffff ffffffff 001304
      """),
    Specimen(
      "diameter", "cer",
      """
      > 01000048 80000101 00000000 12345678 9abcdef0 00000108 40000011 'client.ab'
        00000000 00012840 00000e 'a.bcde' 00000000 01014000 000e0001 0a000001 0000
      < 01000044 00000101 00000000 12345678 9abcdef0 0000010c 4000000c 000007d1 00000108
        40000011 'server.ab' 00000000 00012840 00000e 'a.bcde' 0000
      """),
    Specimen(
      "vxlan", "x", over: .udp,
      """
      > 08000000 00007b00 02000000 00010200 00000002 08004500 001c0002 40004011 0000cb00
        7105c633 64091234 00350008 0000
      """),
    Specimen(
      "netflow", "v5", over: .udp,
      """
      > 00050001 34e59d7a 65aabbcc 00001234 00000001 00000000 0a000001 0a000002 00000000
        00010002 00000005 00000500 00000100 00000200 00501234 001b0600 00000000 18180000
      """),
    Specimen(
      "ptp", "sync", over: .udp,
      """
      > 0002002c 00000000 00000000 00000000 00000000 001122ff fe334455 00010001 00000000
        00000000 00000000
      """),
  ]
}
