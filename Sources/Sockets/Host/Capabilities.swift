import CLinux

/// What this process may do beyond its user's rights (capabilities(7)): the effective set.
public struct Capabilities: Hashable, Sendable {
  /// The set as the kernel prints it.
  public var effective: UInt64

  /// A set.
  public init(effective: UInt64) {
    self.effective = effective
  }

  /// This process's set (`CapEff` of /proc/self/status); empty when it can't be read.
  public static func current(in proc: ProcRoot = ProcRoot()) -> Capabilities {
    Capabilities(status: proc.contents(of: "self/status") ?? []) ?? Capabilities(effective: 0)
  }

  /// The set in the text of a /proc/PID/status.
  init?(status: [UInt8]) {
    let digits = StatusText.value(after: "CapEff:", in: status).drop { $0 == 0x09 || $0 == 0x20 }
    guard let set = UInt64(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
    effective = set
  }

  /// To open packet sockets.
  public var hasNetRaw: Bool { has(CAP_NET_RAW) }
  /// To set promiscuous mode, to see firewall marks, to hear process events.
  public var hasNetAdmin: Bool { has(CAP_NET_ADMIN) }
  /// To look into other users' processes.
  public var hasSysPtrace: Bool { has(CAP_SYS_PTRACE) }
  /// To read directories and files regardless of their mode.
  public var hasDacReadSearch: Bool { has(CAP_DAC_READ_SEARCH) }
  /// To enter other network namespaces.
  public var hasSysAdmin: Bool { has(CAP_SYS_ADMIN) }

  private func has(_ number: Int32) -> Bool { effective >> UInt64(number) & 1 == 1 }
}
