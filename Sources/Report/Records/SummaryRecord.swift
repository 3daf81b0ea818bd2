public import Packets
public import Sockets

/// What all flows of a run amount to.
public struct SummaryRecord: Sendable {
  /// The flows, added up.
  public var tally: Tally
  /// What the capture counted.
  public var counters: DropsRecord
  /// The sockets on the port; nil when nobody looked.
  public var owners: PortSurvey?
  /// The watched port.
  public var port: UInt16
  /// How many capture files were read, in whole or in part; nil for a live capture.
  public var files: Int?
  /// Those among them without a single frame.
  public var emptyFiles = 0
  /// Files in folders and members of archives that are no captures; nil for a live capture.
  public var otherFiles: Int?
  /// Inputs of an earlier run that are counted here, too, but were not read again; nil where none could be.
  public var doneBefore: Int?
  /// The flows in groups; nil when nobody asked for groups.
  public var grouping: Grouping?
  /// Inputs that could not be read, or only in part, those of an earlier run that are counted here included.
  public var unread = 0
  /// The number of the port's packets at which `-c` ended the reading; nil where it did not.
  public var limit: Int?
  /// Whether `-w` kept the packets.
  public var isKept = false
  /// The inputs as they were named, raw, for the commands of the next steps; empty where they don't name them.
  public var inputs: [[UInt8]] = []
  /// Whether the inputs were read as one.
  public var isJoined = false
  /// What the commands of the next steps repeat.
  public var options = RunOptions()
  /// The network namespace that the capture was told to enter, as it was named, raw; nil for that of the command.
  public var namespace: [UInt8]?
  /// Whether what could tell strangers whom it is about was replaced.
  public var isRedacted = false
  /// When the summary was made; nil offline, where the last packet's time stands for it.
  public var time: Timestamp?

  /// Whether there were inputs and nothing could be read of any.
  var isUnread: Bool { files == 0 && unread > 0 && tally.flows == 0 && tally.leftOut == 0 }

  /// How many of the captures have no packet, behind how many there are; nothing where none has.
  var emptyWords: String {
    if emptyFiles == 0 { return "" }
    if emptyFiles == files {
      return emptyFiles == 1 ? ", without a packet" : ", all without a packet"
    }
    return ", \(emptyFiles) of them without a packet"
  }

  /// Puts placeholders for what the options tell.
  public mutating func redactOptions() { options = options.redacted }

  /// A summary.
  public init(
    tally: Tally, counters: DropsRecord = DropsRecord(), owners: PortSurvey? = nil,
    port: UInt16 = 3699, files: Int? = nil, otherFiles: Int? = nil, doneBefore: Int? = nil,
    time: Timestamp? = nil
  ) {
    self.tally = tally
    self.counters = counters
    self.owners = owners
    self.port = port
    self.files = files
    self.otherFiles = otherFiles
    self.doneBefore = doneBefore
    self.time = time
  }
}
