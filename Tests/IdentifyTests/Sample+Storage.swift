import Packets

@testable import Flows
@testable import Identify

extension Sample {
  /// Stores and queues.
  static let storage = [
    Sample(
      "nbd", .proven, over: .tcp,
      (
        .server,
        hexadecimal("4e42444d4147494349484156454f50540003")
      ),
      (
        .client,
        hexadecimal("0000000349484156454f5054000000070000000a000000046469736b0000")
      ),
      (
        .server,
        hexadecimal("0003e889045565a900000007000000030000000c000000000000001000000001")
      )),
    Sample(
      "nbd", .answered, over: .tcp,
      (
        .server,
        hexadecimal("4e42444d4147494349484156454f50540001")
      ),
      (
        .client,
        hexadecimal("0000000149484156454f505400000001000000046469736b")
      ),
      (
        .server,
        hexadecimal("00000000001000000001")
      )),
    Sample(
      "iscsi", .proven, over: .tcp,
      (
        .client,
        hexadecimal("438100000000003e4000013700000000112233440000000000000000000000000000")
          + hexadecimal("0000000000000000000000000000496e69746961746f724e616d653d69716e2e3230")
          + hexadecimal("32362d31312e6e65742e6578616d706c653a610053657373696f6e547970653d4469")
          + hexadecimal("73636f76657279000000")
      ),
      (
        .server,
        hexadecimal("23810000000000274000013700000000112233440000000000000000000000000000")
          + hexadecimal("0000000000000000000000000000546172676574506f7274616c47726f7570546167")
          + hexadecimal("3d3100417574684d6574686f643d4e6f6e650000")
      )),
    Sample(
      "bolt", .answered, over: .tcp,
      (
        .client,
        hexadecimal("6060b01700020404000001040000000400000003")
      ),
      (
        .server,
        hexadecimal("00000304")
      ),
      (
        .client,
        hexadecimal("0003b101a00000")
      )),
    Sample(
      "rethinkdb", .answered, over: .tcp,
      (
        .client,
        hexadecimal("c3bdc2347b2270726f746f636f6c5f76657273696f6e223a302c2261757468656e74")
          + hexadecimal("69636174696f6e5f6d6574686f64223a22534352414d2d5348412d323536222c2261")
          + hexadecimal("757468656e7469636174696f6e223a226e2c2c6e3d612c723d62227d00")
      ),
      (
        .server,
        hexadecimal("7b226d61785f70726f746f636f6c5f76657273696f6e223a302c226d696e5f70726f")
          + hexadecimal("746f636f6c5f76657273696f6e223a302c227365727665725f76657273696f6e223a")
          + hexadecimal("22322e332e30222c2273756363657373223a747275657d00")
      )),
    Sample(
      "rethinkdb", .answered, over: .tcp,
      (
        .client,
        hexadecimal("202d0c4000000000c770697e")
      ),
      (
        .server,
        hexadecimal("5355434345535300")
      )),
    Sample(
      "pulsar", .answered, over: .tcp,
      (
        .client,
        hexadecimal("0000001e0000001a080212160a1250756c73617220436c69656e7420322e31302013")
      ),
      (
        .server,
        hexadecimal("000000190000001508031a110a0d50756c736172205365727665721013")
      )),
    Sample(
      "nsq", .answered, over: .tcp,
      (
        .client,
        hexadecimal("202056324944454e544946590a000000327b22636c69656e745f6964223a2274656c")
          + hexadecimal("6c6572222c22757365725f6167656e74223a22676f2d6e73712f312e312e30227d")
      ),
      (
        .server,
        hexadecimal("00000006000000004f4b")
      )),
    Sample(
      "firebird", .proven, over: .tcp,
      (
        .client,
        hexadecimal("0000000100000013000000030000000100000008656d706c6f796565000000020000")
          + hexadecimal("000a0105677565737404017800000000800a00000001000000000000000500000002")
          + hexadecimal("0000800d00000001000000000000000500000008")
      ),
      (
        .server,
        hexadecimal("000000030000800d0000000100000003")
      )),
    Sample(
      "lumberjack", .answered, over: .tcp,
      (
        .client,
        hexadecimal("325700000002324300000014789c000000000000000000000000000000000000")
      ),
      (
        .server,
        hexadecimal("324100000002")
      )),
    Sample(
      "aerospike", .proven, over: .tcp,
      (
        .client,
        hexadecimal("020100000000000b6e6f64650a6275696c640a")
      ),
      (
        .server,
        hexadecimal("02010000000000236e6f6465094242393032303031314143343230320a6275696c64")
          + hexadecimal("09362e342e302e320a")
      )),
    Sample(
      "tarantool", .answered, over: .tcp,
      (
        .server,
        hexadecimal("546172616e746f6f6c20322e31302e34202842696e61727929206231616331643263")
          + hexadecimal("2d396631632d346234632d386431662d326638643763316132623363200a51554a44")
          + hexadecimal("524556475230684a536b744d545535505546465355315256566c645957567068596d")
          + hexadecimal("4e6b5a57593d202020202020202020202020202020202020200a")
      ),
      (
        .client,
        hexadecimal("ce0000000782004001010180")
      )),
  ]
}
