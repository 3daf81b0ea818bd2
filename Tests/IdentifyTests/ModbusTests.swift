import Packets
import Testing

@testable import Flows
@testable import Identify

extension Sample {
  static let modbus = [
    Sample(
      "modbus", .proven, over: .tcp,
      (.client, hexadecimal("0001 0000 0006 11 03 006b 0003")),
      (.server, hexadecimal("0001 0000 0009 11 03 06 02 2b 00 00 00 64"))),
    Sample(
      "modbus", .proven, over: .tcp,
      (.client, hexadecimal("0002 0000 0006 0a 01 04a1 0001")),
      (.server, hexadecimal("0002 0000 0003 0a 81 02"))),
  ]
}

@Suite struct ModbusTests {
  @Test func `reads what a user wants to know`() {
    #expect(Sample.modbus[0].fact(.method) == "function 3")
    #expect(Sample.modbus[0].fact(.session) == "unit 17")
    #expect(Sample.modbus[1].fact(.error) == "exception 2")
  }

  @Test(arguments: [
    (Side.client, Transport.tcp, hexadecimal("0001 0001 0006 11 03 006b 0003")),
    (Side.client, Transport.tcp, hexadecimal("0001 0000 0007 11 03 006b 0003 00")),
    (Side.client, Transport.tcp, hexadecimal("0001 0000 0006 11 03 006b 00ff")),
    (Side.server, Transport.tcp, hexadecimal("0001 0000 0009 11 03 05 02 2b 00 00 00 64")),
    (Side.server, Transport.tcp, hexadecimal("0001 0000 0003 0a 81 0f")),
  ])
  func `a near miss is none`(side: Side, transport: Transport, bytes: [UInt8]) {
    let conversation = Conversation(transport, [(side, bytes)])
    #expect(Recogniser.modbus.look(conversation) == .no)
  }
}
