import Packets

@testable import Flows
@testable import Identify

extension Sample {
  /// Written from descriptions of protocols that have no recording here: networks, stores, games, and phases of others.
  static let overlooked: [Sample] = [
    Sample(
      "cpha", .consistent, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("1a90021d00fe0001000112340001fffe0003000000020001000400640503")
      ),
      (
        .client,
        hexadecimal("1a90021d00fe0001000112350001fffe0003000000020001000400640503")
      )),
    Sample(
      "ether-s-io", .answered, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("4553494f0001000000240007000000010000000b0100000000050000000c0004")
          + hexadecimal("01020304")
      ),
      (
        .server,
        hexadecimal("4553494f00020000001800070001000c0000000c00000000")
      )),
    Sample(
      "ether-s-io", .consistent, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("4553494f0001000000240007000000010000000b0100000000050000000c0004")
          + hexadecimal("01020304")
      )),
    Sample(
      "foundationdb", .answered, over: .tcp,
      (
        .client,
        hexadecimal("2800000000000073b000db1f0000efbeadde000000007f000001000000000000")
          + hexadecimal("0000000000000000000000001400000088776655443322110001020304050607")
          + hexadecimal("08090a0b0c0d0e0f10111213")
      ),
      (
        .server,
        hexadecimal("2800000000000073b000db1f5112efbeadde000000007f000001000000000000")
          + hexadecimal("0000000000000000000000001400000088776655443322110001020304050607")
          + hexadecimal("08090a0b0c0d0e0f10111213")
      )),
    Sample(
      "informix", .answered, over: .tcp,
      (
        .client,
        hexadecimal("7371414a45425051414173716c6578656320616e6e61202d7073656372657420")
          + hexadecimal("392e32322e544331202020524453234e303030303030202d6473746f72657320")
          + hexadecimal("2d664945454549204442504154483d2f2f6f6c5f64656d6f20434c49454e545f")
          + hexadecimal("4c4f43414c453d656e5f55532e4350313235322044425f4c4f43414c453d656e")
          + hexadecimal("5f55532e383139203a41473041414141396233493d")
      ),
      (
        .server,
        hexadecimal("0040003d0000006400650000003d0006494545454900006c737276696e667800")
          + hexadecimal("0000000000000000000000000000000000000000000000000000000000000000")
      )),
    Sample(
      "nebula", .proven, over: .udp,
      (
        .client,
        hexadecimal("100000000000000000000000000000010b30557a9fc4e90e33587da2c7ec1136")
          + hexadecimal("5b80a5caef14395e83a8cdf2173c6186abd0f51a3f6489aed3f81d42678cb1d6")
          + hexadecimal("fb20456a8fb4d9fe23486d92b7dc01260a1b0a0d0a056c61622d311204010203")
          + hexadecimal("0410f8acd191012880e2cfaa06")
      ),
      (
        .server,
        hexadecimal("10000000123456780000000000000002073c71a6db10457aafe4194e83b8ed22")
          + hexadecimal("578cc1f62b6095caff34699ed3083d72a7dc11467bb0e51a4f84b9ee23588dc2")
          + hexadecimal("f72c6196cb00356a9fd4093e73a8dd12477cb1e61b5085baef24598ec3f82d62")
          + hexadecimal("97cc01366ba0d50a3f74a9de13487db2e71c5186bbf0255a8fc4f92e6398cd02")
          + hexadecimal("376ca1d60b4075aa")
      )),
    Sample(
      "nebula", .consistent, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("110000000a0b0c0d000000000000002888a7c6e504234261809fbeddfc1b3a59")
          + hexadecimal("7897b6d5f4133251708faecdec0b2a496887a6c5e4032241")
      ),
      (
        .server,
        hexadecimal("11000000010203040000000000000050102f4e6d8cabcae90827466584a3c2e1")
          + hexadecimal("001f3e5d7c9bbad9f81736557493b2d1f00f2e4d6c8baac9")
      ),
      (
        .client,
        hexadecimal("110000000a0b0c0d0000000000000029a5c4e30221405f7e9dbcdbfa19385776")
          + hexadecimal("95b4d3f211304f6e8daccbea0928476685a4c3e201203f5e")
      ),
      (
        .server,
        hexadecimal("110000000102030400000000000000512d4c6b8aa9c8e70625446382a1c0dffe")
          + hexadecimal("1d3c5b7a99b8d7f61534537291b0cfee0d2c4b6a89a8c7e6")
      ),
      (
        .client,
        hexadecimal("110000000a0b0c0d000000000000002ac2e1001f3e5d7c9bbad9f81736557493")
          + hexadecimal("b2d1f00f2e4d6c8baac9e80726456483a2c1e0ff1e3d5c7b")
      ),
      (
        .server,
        hexadecimal("110000000102030400000000000000524a6988a7c6e504234261809fbeddfc1b")
          + hexadecimal("3a597897b6d5f4133251708faecdec0b2a496887a6c5e403")
      )),
    Sample(
      "riak", .answered, over: .tcp,
      (
        .client,
        hexadecimal("000000010100000010090a07616e696d616c731204646f646f")
      ),
      (
        .server,
        hexadecimal("0000000102000000140a0a090a07657874696e6374120676636c6f636b")
      )),
    Sample(
      "sap", .answered, over: .tcp,
      (
        .client,
        hexadecimal("000000384e495f524f5554450002270200000001000000200000000f3139322e")
          + hexadecimal("302e322e31003332393900003139322e302e322e3200333230300000")
      ),
      (
        .server,
        hexadecimal("000000084e495f504f4e4700")
      )),
    Sample(
      "sap", .answered, over: .tcp,
      (
        .client,
        hexadecimal("000000d3ffffffff0a0000000000000000000000000000000000000000000000")
          + hexadecimal("0000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("0000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("0000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("0000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("0000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("0000000000000000000000000010000000000000100402")
      ),
      (
        .server,
        hexadecimal("00000060000000000000000180020000121f9d020d68c31e79d42f8ae5409bf6")
          + hexadecimal("51ac0762bd1873ce2984df3a95f04ba6015cb7126dc8237ed9348fea45a0fb56")
          + hexadecimal("b10c67c21d78d32e89e43f9af550ab0661bc1772cd2883de3994ef4aa5005bb6")
          + hexadecimal("116cc722")
      )),
    Sample(
      "sap", .answered, over: .tcp, isSymmetric: true,
      (
        .client,
        hexadecimal("000000362a2a4d4553534147452a2a0004002d20202020202020202020202020")
          + hexadecimal("2020202020202020202020202020202020202020202020202020")
      ),
      (
        .server,
        hexadecimal("000000362a2a4d4553534147452a2a0004002d4d53475f534552564552202020")
          + hexadecimal("2020202020202020202020202020202020202020202020202020")
      )),
    Sample(
      "ripe-atlas", .oneSided, over: .tcp,
      (
        .client,
        hexadecimal("4d474c4e44445f3139322e302e322e375f333639390a")
      )),
    Sample(
      "edonkey", .proven, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("e4210b000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c")
          + hexadecimal("1d1e1f")
      ),
      (
        .server,
        hexadecimal("e429000102030405060708090a0b0c0d0e0f0228292a2b2c2d2e2f3031323334")
          + hexadecimal("353637c0000209401236120828292a2b2c2d2e2f3031323334353637c0000209")
          + hexadecimal("4012361208")
      )),
    Sample(
      "edonkey", .proven, over: .udp,
      (
        .client,
        hexadecimal("e39655aa1234")
      ),
      (
        .server,
        hexadecimal("e39755aa123484030000905f0100e8030000")
      )),
    Sample(
      "genshinimpact", .proven, over: .tcp,
      (
        .client,
        hexadecimal("010000002a07000000000102030400004da60000000000000000000000000000")
          + hexadecimal("000062656a8d00000000")
      ),
      (
        .server,
        hexadecimal("010000003208000000010102030400004da63132333435363738393a3b3c3d3e")
          + hexadecimal("3f40000102030405060708090a0b0c0d0e0f")
      ),
      (
        .client,
        hexadecimal("010000002603000000010102030400004da63132333435363738393a3b3c3d3e")
          + hexadecimal("3f4001020304")
      )),
    Sample(
      "wow", .answered, over: .tcp,
      (
        .server,
        hexadecimal("0030574f524c44204f4620574152435241465420434f4e4e454354494f4e202d")
          + hexadecimal("2053455256455220544f20434c49454e5400")
      ),
      (
        .client,
        hexadecimal("0030574f524c44204f4620574152435241465420434f4e4e454354494f4e202d")
          + hexadecimal("20434c49454e5420544f2053455256455200")
      )),
    Sample(
      "wow", .answered, over: .tcp,
      (
        .server,
        hexadecimal("0006ec01d3a71c55")
      ),
      (
        .client,
        hexadecimal("0035ed0100003430000000000000414e4e410000000000000000000000000000")
          + hexadecimal("0000000000000000000000000000000000000000000000")
      )),
    Sample(
      "rip", .consistent, over: .udp, isSymmetric: true,
      (
        .client,
        hexadecimal("02020000ffff0003002c01180000004d0000000000000000000200000a000100")
          + hexadecimal("ffffff000000000000000001ffff0001000102030405060708090a0b0c0d0e0f")
          + hexadecimal("10111213")
      )),
  ]
}
