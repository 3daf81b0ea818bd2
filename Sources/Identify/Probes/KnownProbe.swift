import Flows
import Packets

/// A request that a scanner sends to every port, known by its fixed bytes: it tells who asks and nothing of what is asked.
public struct KnownProbe: Hashable, Sendable {
  /// The scanner.
  public let tool: String
  /// The probe, as the scanner's own tables call it.
  public let name: String
  /// Whether no other program sends these bytes: then they tell the scanner also where they were answered. The others are
  /// requests so bare that a person at a terminal may type them.
  public let isTelling: Bool
  let transports: Set<Transport>
  private let bytes: [UInt8]
  private let isWhole: Bool

  /// A probe that is these bytes and no more.
  init(
    _ name: String, of tool: String = "nmap", over transports: Set<Transport> = [.tcp],
    isTelling: Bool = true, _ bytes: [UInt8]
  ) {
    self.init(name, of: tool, over: transports, isTelling: isTelling, isWhole: true, bytes)
  }

  /// A probe that begins with these bytes.
  init(
    _ name: String, of tool: String = "nmap", over transports: Set<Transport> = [.tcp],
    beginningWith bytes: [UInt8]
  ) {
    self.init(name, of: tool, over: transports, isTelling: true, isWhole: false, bytes)
  }

  private init(
    _ name: String, of tool: String, over transports: Set<Transport>, isTelling: Bool,
    isWhole: Bool, _ bytes: [UInt8]
  ) {
    self.name = name
    self.tool = tool
    self.transports = transports
    self.isTelling = isTelling
    self.isWhole = isWhole
    self.bytes = bytes
  }

  /// The probe that the client's first message is; nil when its start was missed or when it is none of `known`.
  init?(in conversation: Conversation) {
    let said = conversation.client
    guard said.beginsAtStart, let first = conversation.turns.first(where: { $0.side == .client }),
      first.range.lowerBound == 0
    else { return nil }
    let message = said.bytes[..<min(first.range.upperBound, said.bytes.count)]
    // What one packet of TCP holds may be a part only: a probe is all that its client says before it is answered.
    let found = Self.known.first { probe in
      probe.transports.contains(conversation.transport) && probe.isIn(message, length: first.length)
    }
    guard let found else { return nil }
    self = found
  }

  private func isIn(_ message: ArraySlice<UInt8>, length: Int) -> Bool {
    message.starts(with: bytes) && (!isWhole || length == bytes.count)
  }
}
