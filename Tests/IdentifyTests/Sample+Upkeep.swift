import Packets

@testable import Flows
@testable import Identify

extension Sample {
  /// Watching and measuring.
  static let upkeep = [
    Sample(
      "nrpe", .proven, over: .tcp,
      (
        .client,
        hexadecimal("00020001155da32a0000636865636b5f6c6f6164")
          + [UInt8](repeating: 0, count: 1016)
      ),
      (
        .server,
        hexadecimal("000200022ce4278100004f4b202d206c6f616420302e31")
          + [UInt8](repeating: 0, count: 1013)
      )),
    Sample(
      "nrpe", .proven, over: .tcp,
      (
        .client,
        hexadecimal("00040001ebd55c91000000000000000b636865636b5f6c6f616400000000")
      ),
      (
        .server,
        hexadecimal("000400022ea178d600000000000000034f4b00000000")
      )),
    Sample(
      "iperf3", .answered, over: .tcp,
      (
        .client,
        hexadecimal("6162636465666768696a6b6c6d6e6f707172737475767778797a3233343536376162")
          + hexadecimal("636400")
      ),
      (
        .server,
        hexadecimal("09")
      ),
      (
        .client,
        hexadecimal("000000377b22746370223a747275652c226f6d6974223a302c2274696d65223a3130")
          + hexadecimal("2c22636c69656e745f76657273696f6e223a22332e3132227d")
      )),
    Sample(
      "epmd", .answered, over: .tcp,
      (
        .client,
        hexadecimal("001378afc84d000006000500066f66666963650000")
      ),
      (
        .server,
        hexadecimal("76000000004d")
      )),
    Sample(
      "epmd", .answered, over: .tcp,
      (
        .client,
        hexadecimal("00016e")
      ),
      (
        .server,
        hexadecimal("000011116e616d65206f666669636520617420706f72742034353030300a")
      )),
    Sample(
      "epmd", .answered, over: .tcp,
      (
        .client,
        hexadecimal("00077a6f6666696365")
      ),
      (
        .server,
        hexadecimal("7700afc84d000006000500066f66666963650000")
      )),
    Sample(
      "rpki-rtr", .answered, over: .tcp,
      (
        .client,
        hexadecimal("0102000000000008")
      ),
      (
        .server,
        hexadecimal("0103432100000008010400000000001401181800c00002000000fbf4010743210000")
          + hexadecimal("00180000000500000e100000025800001c20")
      )),
    Sample(
      "ident", .proven, over: .tcp,
      (
        .client,
        hexadecimal("363139332c2032330d0a")
      ),
      (
        .server,
        hexadecimal("363139332c203233203a20555345524944203a20554e4958203a2073746a6f686e73")
          + hexadecimal("0d0a")
      )),
    Sample(
      "dict", .answered, over: .tcp,
      (
        .server,
        hexadecimal("32323020646963742e6578616d706c652e6e657420646963746420312e3133203c61")
          + hexadecimal("7574682e6d696d653e203c31303040646963742e6578616d706c652e6e65743e0d0a")
      ),
      (
        .client,
        hexadecimal("434c49454e54206469637420312e31330d0a")
      ),
      (
        .server,
        hexadecimal("323530206f6b0d0a")
      ),
      (
        .client,
        hexadecimal("444546494e45202a20226772656574696e67220d0a")
      ),
      (
        .server,
        hexadecimal("353532206e6f206d617463680d0a")
      )),
    Sample(
      "bmp", .consistent, over: .tcp,
      (
        .client,
        hexadecimal("030000001f040001000b526f757465722031352e3100020006726f75746572")
      )),
    Sample(
      "checkmk-agent", .consistent, over: .tcp,
      (
        .server,
        hexadecimal("3c3c3c636865636b5f6d6b3e3e3e0a56657273696f6e3a20322e322e3070310a4167")
          + hexadecimal("656e744f533a206c696e75780a3c3c3c64665f76323e3e3e0a746d70667320312032")
          + hexadecimal("0a")
      )),
    Sample(
      "asterisk-ami", .proven, over: .tcp,
      (
        .server,
        hexadecimal("417374657269736b2043616c6c204d616e616765722f352e302e320d0a")
      ),
      (
        .client,
        hexadecimal("416374696f6e3a204c6f67696e0d0a416374696f6e49443a2031370d0a557365726e")
          + hexadecimal("616d653a20616c6963650d0a5365637265743a20780d0a0d0a")
      ),
      (
        .server,
        hexadecimal("526573706f6e73653a20537563636573730d0a416374696f6e49443a2031370d0a4d")
          + hexadecimal("6573736167653a2041757468656e7469636174696f6e2061636365707465640d0a0d")
          + hexadecimal("0a")
      )),
    Sample(
      "nut", .proven, over: .tcp,
      (
        .client,
        hexadecimal("4c49535420564152206f66666963650a")
      ),
      (
        .server,
        hexadecimal("424547494e204c49535420564152206f66666963650a564152206f66666963652062")
          + hexadecimal("6174746572792e6368617267652022313030220a454e44204c49535420564152206f")
          + hexadecimal("66666963650a")
      )),
    Sample(
      "nut", .proven, over: .tcp,
      (
        .client,
        hexadecimal("47455420564152206f6666696365207570732e7374617475730a")
      ),
      (
        .server,
        hexadecimal("564152206f6666696365207570732e73746174757320224f4c220a")
      )),
  ]
}
