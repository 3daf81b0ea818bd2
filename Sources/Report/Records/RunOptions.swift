public import Packets

/// The options of a run that a command of the next steps has to repeat to see the same.
public struct RunOptions: Sendable {
  /// An option with its value.
  public struct Option: Sendable {
    /// As it is typed: `--rules`, `-i`.
    let name: String
    /// The value as it was given, raw; nil for a flag.
    var value: [UInt8]?
    /// What stands for a value that tells strangers whom it is about; nil for one that does not.
    let placeholder: String?

    /// An option with its value, or a flag.
    public init(_ name: String, _ value: [UInt8]? = nil, placeholder: String? = nil) {
      self.name = name
      self.value = value
      self.placeholder = placeholder
    }

    /// Its words, raw. A value that begins like an option has to stand in one word with the name.
    var words: [[UInt8]] {
      guard let value else { return [Array(name.utf8)] }
      return value.first == UInt8(ascii: "-")
        ? [Array("\(name)=".utf8) + value] : [Array(name.utf8), value]
    }
  }

  /// Where was looked, and what the operator knows: interfaces, rules, ICW servers and KPN's addresses.
  public var surroundings: [Option] = []
  /// The filter of packets (pcap-filter(7)); nil where there was none.
  public var filter: [UInt8]?
  /// Which flows were chosen by their time, their ends or their Community ID, and how many packets were read.
  public var flows: [Option] = []
  /// Which flows were chosen by their verdict.
  public var classes: [Option] = []
  /// The buffer of a live capture in KiB; nil for that of libpcap.
  public var bufferKiB: Int?

  /// None.
  public init() {}

  /// The same options with placeholders for all that tells whom they are about.
  var redacted: RunOptions {
    var options = self
    func hide(_ list: inout [Option]) {
      for index in list.indices {
        guard let placeholder = list[index].placeholder else { continue }
        list[index].value = Array(placeholder.utf8)
      }
    }
    hide(&options.surroundings)
    hide(&options.flows)
    hide(&options.classes)
    options.filter = filter.map { _ in Array("FILTER".utf8) }
    return options
  }

  /// A moment as `--since` and `--until` take it.
  public static func moment(_ time: Timestamp) -> String {
    Times.rfc3339(time, digits: time.nanoseconds % 1_000_000_000 == 0 ? 0 : 9)
  }
}
