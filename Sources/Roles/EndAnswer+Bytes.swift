import Packets
import Sockets

/// How much of a process goes through the socket: a path has at most 4,095 bytes, and no more is kept of arguments.
private enum Room {
  static let path = 4_096
  static let arguments = 4_096
  static let argumentCount = 512
  static let name = 256
  static let rule = 2_048
}

extension MessageBytes {
  mutating func put(_ answer: EndAnswer) {
    put(UInt8(answer.isHere ? 1 : 0))
    put(UInt8(answer.isListening ? 1 : 0))
    put(Array(answer.method.rawValue.utf8), most: Room.name)
    put(answer.missing.map { Array($0.rawValue.utf8) }, most: Room.name)
    put(UInt8(answer.process == nil ? 0 : 1))
    if let process = answer.process { put(process) }
    put(UInt8(answer.refusal == nil ? 0 : 1))
    if let refusal = answer.refusal { put(refusal) }
  }

  private mutating func put(_ refusal: FirewallRefusal) {
    let rule = refusal.rule
    put(UInt8(refusal.isRejected ? 1 : 0))
    put(Array(rule.tool.rawValue.utf8), most: Room.name)
    put(Array(rule.family.rawValue.utf8), most: Room.name)
    put(rule.table, most: Room.name)
    put(rule.chain, most: Room.name)
    put(UInt8(rule.number == nil ? 0 : 1))
    put(rule.number ?? 0)
    put(rule.text, most: Room.rule)
  }

  private mutating func put(_ process: ProcessIdentity) {
    put(process.pid)
    put(process.startTicks)
    put(UInt8(process.startTime == nil ? 0 : 1))
    put(process.startTime ?? 0)
    put(process.command, most: Room.name)
    put(process.executable, most: Room.path)
    put(UInt8(process.isExecutableDeleted ? 1 : 0))
    put(process.user)
    put(process.userName.map { Array($0.utf8) }, most: Room.name)
    put(process.parent)
    put(process.workingDirectory, most: Room.path)
    put(process.unit, most: Room.name)
    put(process.containerID, most: Room.name)
    put(UInt8(process.hasEnded ? 1 : 0))
    put(UInt8(process.mayBeChild ? 1 : 0))
    let arguments = process.arguments.prefix(Room.argumentCount)
    put(UInt16(clamping: arguments.count))
    var room = Room.arguments
    for argument in arguments {
      put(argument, most: room)
      room -= min(room, argument.count)
    }
  }
}

extension Reader {
  /// An answer that a message holds; nil when it holds none.
  mutating func endAnswer() -> EndAnswer? {
    guard let isHere = flag(), let isListening = flag(), let methodName = text(),
      let method = Ownership.Method(rawValue: String(decoding: methodName, as: UTF8.self)),
      let missingName = optionalText(), let hasProcess = flag()
    else { return nil }
    var answer = EndAnswer(isHere: isHere, method: method, isListening: isListening)
    if let missingName {
      guard let missing = MissingOwner(rawValue: String(decoding: missingName, as: UTF8.self))
      else { return nil }
      answer.missing = missing
    }
    if hasProcess {
      guard let process = processIdentity() else { return nil }
      answer.process = process
    }
    guard let hasRefusal = flag() else { return nil }
    if hasRefusal {
      guard let refusal = firewallRefusal() else { return nil }
      answer.refusal = refusal
    }
    return answer
  }

  private mutating func firewallRefusal() -> FirewallRefusal? {
    guard let isRejected = flag(), let toolName = text(),
      let tool = FirewallRule.Tool(rawValue: String(decoding: toolName, as: UTF8.self)),
      let familyName = text(),
      let family = FirewallRule.Family(rawValue: String(decoding: familyName, as: UTF8.self)),
      let table = text(), let chain = text(), let hasNumber = flag(), let number = uint64(),
      let words = text()
    else { return nil }
    let rule = FirewallRule(
      tool: tool, family: family, table: table, chain: chain, number: hasNumber ? number : nil,
      text: words)
    return FirewallRefusal(isRejected: isRejected, rule: rule)
  }

  private mutating func processIdentity() -> ProcessIdentity? {
    guard let pid = uint32(), let startTicks = uint64(), let hasTime = flag(), let time = uint64(),
      let command = text(), let executable = optionalText(), let isDeleted = flag(),
      let user = uint32(), let userName = optionalText(), let parent = uint32(),
      let directory = optionalText(), let unit = optionalText(), let container = optionalText(),
      let hasEnded = flag(), let mayBeChild = flag(), let count = uint16()
    else { return nil }
    var arguments: [[UInt8]] = []
    for _ in 0..<count {
      guard let argument = text() else { return nil }
      arguments.append(argument)
    }
    var process = ProcessIdentity(
      pid: Int32(bitPattern: pid), startTicks: startTicks,
      startTime: hasTime ? Int64(bitPattern: time) : nil, command: command,
      executable: executable, isExecutableDeleted: isDeleted, arguments: arguments, user: user,
      userName: userName.map { String(decoding: $0, as: UTF8.self) },
      parent: Int32(bitPattern: parent), workingDirectory: directory, unit: unit,
      containerID: container)
    process.hasEnded = hasEnded
    process.mayBeChild = mayBeChild
    return process
  }

  private mutating func text() -> [UInt8]? { uint16().flatMap { copy(Int($0)) } }

  /// A text that may be absent: nil where the bytes do not fit.
  mutating func optionalText() -> [UInt8]?? {
    guard let isThere = flag() else { return nil }
    guard isThere else { return .some(nil) }
    return text().map { .some($0) }
  }
}
