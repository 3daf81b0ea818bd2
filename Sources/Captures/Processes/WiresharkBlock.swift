/// The numbers of Wireshark's process information, an entry of a Custom Block (its `wiretap/pcapng-wireshark-custom.c`).
///
/// Behind the enterprise number all of it is least significant byte first, in every file: entry type, entry length, and
/// an entry of the process number and options.
enum WiresharkBlock {
  /// The type of a Custom Block that may be copied (draft-ietf-opsawg-pcapng section 4.8).
  static let custom: UInt32 = 0x0000_0bad
  /// Wireshark's number at IANA (Private Enterprise Numbers).
  static let enterprise: UInt32 = 32_622
  /// The entry type of process information.
  static let processEntry: UInt32 = 3

  static let comment: UInt16 = 1
  static let name: UInt16 = 2
  static let path: UInt16 = 3
  static let commandLine: UInt16 = 4
  static let parent: UInt16 = 5
  static let user: UInt16 = 6
  static let userName: UInt16 = 7
  static let start: UInt16 = 9
}

/// The numbers of Apple's process information, as its tcpdump writes it and Wireshark's `pcapng-darwin.c` reads it.
enum AppleBlock {
  /// The type of the block.
  static let process: UInt32 = 0x8000_0001
  /// The option of the block that holds the name.
  static let name: UInt16 = 2
  /// The option of a packet that holds the place of its process's block in the section, from 0.
  static let packetProcess: UInt16 = 0x8001
  /// The same for the process on whose behalf that one acts.
  static let packetEffectiveProcess: UInt16 = 0x8003
}
