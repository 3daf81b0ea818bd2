public import Flows
import Packets

/// What all recognisers together make of a conversation.
public struct Identification: Hashable, Sendable {
  /// The recognition that won; nil when no recogniser said yes.
  public let recognition: Recognition?
  /// Others that also said yes, strongest first.
  public let runnersUp: [RunnerUp]
  /// Names of recognisers that could still say yes with more bytes.
  public let undecided: [String]
  /// The scanner's probe that the client's first bytes are; nil when they are none that is known.
  public let probe: KnownProbe?

  /// Asks every recogniser of the conversation's transport.
  public init(of conversation: Conversation) {
    self.init(
      of: conversation, by: conversation.transport == .tcp ? Self.ofTCP : Self.ofUDP)
  }

  private static let ofTCP = Recogniser.all.filter { $0.transports.contains(.tcp) }
  private static let ofUDP = Recogniser.all.filter { $0.transports.contains(.udp) }
}
