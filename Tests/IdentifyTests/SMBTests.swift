import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  /// SMB 1: negotiate with one dialect, process 0xfeff, multiplex 1 (MS-CIFS 2.2.4.52).
  static let smbFirst = Sample(
    "smb", .proven,
    (
      .client,
      hexadecimal(
        "0000002f ff'SMB' 72 00000000 18 5308 0000 0000000000000000 0000 0000 feff 0000 0100")
        + hexadecimal("00 0c00 02 'NT LM 0.12' 00")
    ),
    (
      .server,
      hexadecimal(
        "00000025 ff'SMB' 72 00000000 98 5308 0000 0000000000000000 0000 0000 feff 0000 0100 01 0000 0000"
      )
    ))
  /// SMB 2: negotiate 2.0.2 and 2.1 (MS-SMB2 2.2.3), message 1.
  static let smbSecond = Sample(
    "smb", .proven,
    (
      .client,
      hexadecimal(
        "00000068 fe'SMB' 4000 0000 00000000 0000 0100 00000000 00000000 0100000000000000")
        + hexadecimal("00000000 00000000 0000000000000000 00000000000000000000000000000000")
        + hexadecimal(
          "2400 0200 0100 0000 00000000 00000000000000000000000000000000 0000000000000000 0202 1002"
        )
    ),
    (
      .server,
      hexadecimal(
        "00000049 fe'SMB' 4000 0000 00000000 0000 0100 01000000 00000000 0100000000000000")
        + hexadecimal("00000000 00000000 0000000000000000 00000000000000000000000000000000")
        + hexadecimal("4100 0100 1002 0000 00")
    ))
  /// NetBIOS session service: a request with both names and its acceptance (RFC 1002 section 4.3).
  static let smbSession = Sample(
    "smb", .answered,
    (
      .client,
      hexadecimal(
        "81000044 20 'CKFDENECFDEFFCFGEFFCCACACACACACA' 00 20 'EBEOEOCACACACACACACACACACACACAAA' 00"
      )
    ),
    (.server, hexadecimal("82000000")))
  static let smb = [smbFirst, smbSecond, smbSession]
}

@Suite struct SMBTests {
  @Test func `reads the dialect`() {
    #expect(Sample.smbFirst.fact(.dialect) == "NT LM 0.12")
    #expect(Sample.smbSecond.fact(.dialect) == "SMB 2.1")
  }

  @Test func `reads the names of a NetBIOS session`() {
    #expect(Sample.smbSession.fact(.host) == "*SMBSERVER")
    #expect(Sample.smbSession.fact(.from) == "ANN")
  }

  @Test func `reads user, domain and host of an NTLM logon`() {
    let logon =
      hexadecimal(
        "0000008e fe'SMB' 4000 0000 00000000 0100 0100 00000000 00000000 0200000000000000")
      + hexadecimal("00000000 00000000 0000000000000000 00000000000000000000000000000000 1900 0000")
      + hexadecimal(
        "'NTLMSSP' 00 03000000 0000000040000000 0000000040000000 0200020040000000 0400040042000000")
      + hexadecimal("0400040046000000 0000000040000000 01000000 'D' 00 'a' 00 'b' 00 'P' 00 'C' 00")
    let facts = Identification(of: Conversation(.tcp, [(.client, logon)])).recognition?.facts
    #expect(facts?.first { $0.field == .user }?.value == "D\\ab")
    #expect(facts?.first { $0.field == .clientID }?.value == "PC")
  }

  @Test(arguments: [
    "00000010 ff'SMB'", "0000002f ee'SMB'", "01000044 ff'SMB'", "0000002f ff'SMA'", "81000010 20",
    "00000068 fe'SMB' 4100 0000 00000000 0000 0100 00000000 00000000 0100000000000000",
  ])
  func `a near miss is none`(bytes: String) {
    #expect(Recogniser.smb.look(Conversation(.tcp, [(.client, hexadecimal(bytes))])) == .no)
  }
}
