/// A protocol that is known to exist and is never named, with the reason: no specification of it is public, and what is known
/// of its bytes are constants, or belongs to an engine or an encoding that many programs share.
public struct UnnamedProtocol: Hashable, Sendable {
  /// Canonical lower-case name, as other programs call it.
  public let name: String
  /// What people call it.
  public let title: String
  /// Why it is not named.
  public let reason: Reason

  /// Why a protocol is not named.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Known by bytes that never change, without a length, a checksum or an echo to hold them against.
    case constantsOnly = "constants-only"
    /// Its bytes are those of a game engine's transport: nothing in them tells which game it is.
    case sharedEngine = "shared-engine"
    /// One recording is known, so nothing tells what of it holds for others.
    case oneSample = "one-sample"
    /// An encoding without a frame: other bytes are well-formed in it by chance.
    case encoding
  }

  /// Every protocol that is left out on purpose, by name.
  public static let all: [UnnamedProtocol] = [
    UnnamedProtocol("activision", "Activision games", .constantsOnly),
    UnnamedProtocol("alicloud", "Alibaba Cloud agents", .constantsOnly),
    UnnamedProtocol("avast", "Avast update and telemetry", .constantsOnly),
    UnnamedProtocol("cloudflarewarp", "Cloudflare WARP", .constantsOnly),
    UnnamedProtocol("epicgames", "Epic Games (Unreal Engine's handshake)", .sharedEngine),
    UnnamedProtocol("hpvirtgrp", "HP Virtual Machine Group Management", .constantsOnly),
    UnnamedProtocol("iqiyi", "iQIYI video", .oneSample),
    UnnamedProtocol("lolwildrift", "League of Legends: Wild Rift", .constantsOnly),
    UnnamedProtocol("merakicloud", "Cisco Meraki's cloud", .constantsOnly),
    UnnamedProtocol("neteasegames", "NetEase games", .constantsOnly),
    UnnamedProtocol("nintendo", "Nintendo games between consoles", .constantsOnly),
    UnnamedProtocol("pathofexile", "Path of Exile", .oneSample),
    UnnamedProtocol("protobuf", "Protocol Buffers without a frame", .encoding),
    UnnamedProtocol("sonos", "Sonos players", .constantsOnly),
    UnnamedProtocol("starcraft", "StarCraft", .constantsOnly),
    UnnamedProtocol("tencent-games", "Tencent games", .constantsOnly),
    UnnamedProtocol("threema", "Threema messenger", .constantsOnly),
    UnnamedProtocol("tocaboca", "Toca Boca (Photon's transport)", .sharedEngine),
  ]

  private init(_ name: String, _ title: String, _ reason: Reason) {
    self.name = name
    self.title = title
    self.reason = reason
  }
}
