public import Flows
public import Packets

/// The ends that a connection has on the other side of a host which translates addresses (NAT, RFC 3022).
public struct TranslatedFlow: Hashable, Sendable {
  /// The client's end there.
  public var client: Endpoint
  /// The server's end there.
  public var server: Endpoint

  /// Ends.
  public init(client: Endpoint, server: Endpoint) {
    self.client = client
    self.server = server
  }
}

/// Finds connections that a capture shows twice, before and behind a translation of addresses: both sides' initial sequence
/// numbers, which a translator leaves as they are, agree, at about the same time, and the client's segment has come through
/// another number of hosts.
public struct TranslationLedger: Sendable {
  /// Connections that are remembered; when there are more, all are forgotten.
  private static let most = 16_384
  /// Seconds between the two first packets at most.
  private static let patience = 2.0
  /// Smaller numbers are those of programs that make packets up, and agree by chance.
  private static let leastNumber: UInt32 = 1 << 16

  private struct Numbers: Hashable {
    let client: UInt32
    let server: UInt32

    /// Those of a connection whose two first segments were captured; nil for any other flow.
    init?(_ flow: Flow) {
      guard let opening = flow.firstPacket.tcp, let answer = flow.firstAnswer?.tcp,
        flow.firstPacket.side == .client, opening.flags.contains(.syn),
        answer.flags.isSuperset(of: [.syn, .ack]), answer.acknowledgement == opening.sequence &+ 1,
        min(opening.sequence, answer.sequence) >= leastNumber
      else { return nil }
      client = opening.sequence
      server = answer.sequence
    }
  }

  private struct Known {
    let number: Int
    let first: Timestamp
    let hopLimit: UInt8
    let ends: TranslatedFlow
  }

  private var known: [Numbers: Known] = [:]

  /// Nothing known.
  public init() {}

  /// The other ends of the connection that a flow is a part of, where a flow that was asked about before is the same
  /// connection with other ends; nil for that one itself, and for every other flow.
  public mutating func other(of flow: Flow) -> TranslatedFlow? {
    guard let numbers = Numbers(flow) else { return nil }
    let ends = TranslatedFlow(client: flow.client, server: flow.server)
    if let other = known[numbers], abs(flow.first.seconds(since: other.first)) <= Self.patience {
      let isOther =
        other.number != flow.number && other.ends != ends
        && other.hopLimit != flow.firstPacket.ip.hopLimit
      return isOther ? other.ends : nil
    }
    if known.count >= Self.most { known.removeAll(keepingCapacity: true) }
    known[numbers] = Known(
      number: flow.number, first: flow.first, hopLimit: flow.firstPacket.ip.hopLimit, ends: ends)
    return nil
  }
}
