import Sockets
import Testing

@testable import Roles

@Suite struct HelperMessageTests {
  private static var process: ProcessIdentity {
    var process = ProcessIdentity(
      pid: 4_121, startTicks: 123_456, startTime: 1_700_000_000_000_000_000,
      command: Array("a)\nb".utf8), executable: Array("/usr/bin/python3".utf8),
      isExecutableDeleted: true, arguments: [Array("python3".utf8), [], [0xff, 0x1b]],
      user: 1_000, userName: "alice", parent: 1, workingDirectory: Array("/srv".utf8),
      unit: Array("web.service".utf8), containerID: Array("abc".utf8))
    process.hasEnded = true
    process.mayBeChild = true
    return process
  }

  private static func refused(by rule: FirewallRule) -> EndAnswer {
    var answer = EndAnswer(isHere: true, process: process, method: .listener)
    answer.refusal = FirewallRefusal(isRejected: true, rule: rule)
    return answer
  }

  private static let rule = FirewallRule(
    tool: .nft, family: .inet, table: [0xff], chain: Array("input".utf8), number: 9,
    text: Array("drop".utf8))
  private static let policy = FirewallRule(
    tool: .iptablesLegacy, family: .ip6, table: [], chain: Array("INPUT".utf8), text: [])

  static let messages: [HelperMessage] = [
    .owner(number: 5, refused(by: rule)), .owner(number: 6, refused(by: policy)),
    .begin(nil), .begin(.notInKernel), .begin(.notPermitted), .begin(.otherPIDNamespace),
    .begin(.system(5)),
    .owner(number: 1, .elsewhere), .owner(number: 2, EndAnswer(isHere: true, missing: .vanished)),
    .owner(number: 4, EndAnswer(isHere: true, missing: .severalHolders, isListening: true)),
    .owner(
      number: 3, EndAnswer(isHere: true, process: process, method: .event)),
    .own(number: 4, true), .own(number: 5, false), .file, .fileStands, .lastFile,
    .fileRefused(28), .counters, .flush, .reopen, .deviceGone(1), .deviceBack(2, hardware: nil),
    .deviceBack(3, hardware: 65_534),
  ]

  @Test(arguments: messages)
  func `A message comes out as it went in`(_ message: HelperMessage) {
    #expect(HelperMessage(message.bytes) == message)
    #expect(message.bytes.count <= HelperMessage.longest)
  }

  @Test(arguments: messages)
  func `A cut or longer one is none`(_ message: HelperMessage) {
    for count in message.bytes.indices {
      #expect(HelperMessage(Array(message.bytes[..<count])) == nil)
    }
    #expect(HelperMessage(message.bytes + [0]) == nil)
  }

  @Test func `Whatever a process calls itself, its message has a bounded length`() {
    let long = [UInt8](repeating: 0x41, count: 100_000)
    let process = ProcessIdentity(
      pid: 1, startTicks: 1, command: long, executable: long,
      arguments: Array(repeating: long, count: 5_000),
      userName: String(repeating: "a", count: 9_999),
      workingDirectory: long, unit: long, containerID: long)
    var answer = EndAnswer(isHere: true, process: process)
    answer.refusal = FirewallRefusal(
      isRejected: false,
      rule: FirewallRule(tool: .nft, family: .inet, table: long, chain: long, text: long))
    let message = HelperMessage.owner(number: 1, answer)
    #expect(message.bytes.count <= HelperMessage.longest)
    #expect(HelperMessage(message.bytes) != nil)
  }
}
