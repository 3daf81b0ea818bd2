import Packets

@testable import Flows
@testable import Identify

extension Sample {
  /// Developers' tools and players.
  static let workshop = [
    Sample(
      "adb", .proven, over: .tcp,
      (
        .client,
        hexadecimal("434e584e00000001001000000700000032020000bcb1a7b1686f73743a3a00")
      ),
      (
        .server,
        hexadecimal("41555448010000000000000014000000d2000000beaaabb70102030405060708090a")
          + hexadecimal("0b0c0d0e0f1011121314")
      )),
    Sample(
      "adb", .proven, over: .tcp,
      (
        .client,
        hexadecimal("434e584e00000001001000000700000032020000bcb1a7b1686f73743a3a00")
      ),
      (
        .server,
        hexadecimal("434e584e00000001001000001b000000b3090000bcb1a7b16465766963653a3a726f")
          + hexadecimal("2e70726f647563742e6e616d653d783b00")
      ),
      (
        .client,
        hexadecimal("4f50454e01000000000000000700000052020000b0afbab17368656c6c3a00")
      )),
    Sample(
      "jdwp", .proven, over: .tcp,
      (
        .client,
        hexadecimal("4a4457502d48616e647368616b65")
      ),
      (
        .server,
        hexadecimal("4a4457502d48616e647368616b65")
      ),
      (
        .client,
        hexadecimal("0000000b00000007000101")
      ),
      (
        .server,
        hexadecimal("0000000f0000000780000000000001")
      )),
    Sample(
      "spice", .answered, over: .tcp,
      (
        .client,
        hexadecimal("5245445102000000020000001a000000000000000100010000000100000012000000")
          + hexadecimal("0d00000009000000")
      ),
      (
        .server,
        hexadecimal("524544510200000002000000ba0000000000000030819f0000000000000000000000")
          + hexadecimal("00000000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("00000000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("00000000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("00000000000000000000000000000000000000000000000000000000000000000000")
          + hexadecimal("0000000000000000000000000100000001000000b20000000b00000009")
          + [UInt8](repeating: 0, count: 3)
      )),
    Sample(
      "mpd", .answered, over: .tcp,
      (
        .server,
        hexadecimal("4f4b204d504420302e32332e350a")
      ),
      (
        .client,
        hexadecimal("7374617475730a")
      ),
      (
        .server,
        hexadecimal("766f6c756d653a203130300a7265706561743a20300a73746174653a2073746f700a")
          + hexadecimal("4f4b0a")
      )),
    Sample(
      "distcc", .answered, over: .tcp,
      (
        .client,
        hexadecimal("44495354303030303030303141524743303030303030303341524756303030303030")
          + hexadecimal("30336763634152475630303030303030322d63415247563030303030303033612e63")
          + hexadecimal("444f544930303030303030327878")
      ),
      (
        .server,
        hexadecimal("444f4e45303030303030303153544154303030303030303053455252303030303030")
          + hexadecimal("3030")
      )),
    Sample(
      "gdb-remote", .proven, over: .tcp,
      (
        .client,
        hexadecimal("2b2471537570706f727465643a6d756c746970726f636573732b3b7377627265616b")
          + hexadecimal("2b233162")
      ),
      (
        .server,
        hexadecimal("2b245061636b657453697a653d336666663b51506173735369676e616c732b236234")
      ),
      (
        .client,
        hexadecimal("2b243f233366")
      ),
      (
        .server,
        hexadecimal("2b2454303530363a3030236239")
      )),
    Sample(
      "java-serialization", .answered, over: .tcp, isSymmetric: true,
      (
        .client,
        hexadecimal("aced0005737200106a6176612e6c616e672e4e756d62657286ac951d0b94e08b0200")
          + hexadecimal("0078700000002a")
      ),
      (
        .server,
        hexadecimal("aced000574000568656c6c6f")
      )),
    Sample(
      "lpd", .answered, over: .tcp,
      (
        .client,
        hexadecimal("026f66666963650a")
      ),
      (
        .server,
        hexadecimal("00")
      ),
      (
        .client,
        hexadecimal("02323420636641303031686f73742e6578616d706c652e6e65740a")
      ),
      (
        .server,
        hexadecimal("00")
      )),
  ]
}
