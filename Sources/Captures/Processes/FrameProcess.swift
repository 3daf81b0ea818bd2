/// The process that a capture file names for a frame: its word, not more.
public struct FrameProcess: Hashable, Sendable {
  /// Which end of the frame, or of its connection, the process is at.
  public enum End: UInt8, Hashable, Sendable {
    case sender = 1
    case receiver, client, server
  }

  /// What the file tells of the process.
  public var information: ProcessInformation
  /// Its thread; the process number itself where no thread is named.
  public var thread: UInt32
  /// Where it is; nil when the file does not tell.
  public var end: End?

  /// A process at an end.
  public init(_ information: ProcessInformation, thread: UInt32? = nil, end: End? = nil) {
    self.information = information
    self.thread = thread ?? information.process
    self.end = end
  }
}

extension Frame {
  /// The process that the file names for this frame: by number (option 8 of an Enhanced Packet Block, or Apple's) with
  /// the block that describes it, else in a comment of ptcpdump or rustnet. nil when it names none.
  public var process: FrameProcess? {
    guard hasOptions else { return nil }
    if let numbers = processThread {
      let told = processes?.process(numbers.process, at: nanoseconds)
      let commented = told == nil ? ProcessComment.process(in: comments) : nil
      let fitting = commented?.information.process == numbers.process ? commented?.information : nil
      return FrameProcess(
        told ?? fitting ?? ProcessInformation(process: numbers.process), thread: numbers.thread,
        end: end)
    }
    if let apple = appleProcess { return FrameProcess(apple, end: end) }
    guard var found = ProcessComment.process(in: comments) else { return nil }
    found.end = found.end ?? end
    return found
  }

  private var end: FrameProcess.End? {
    switch direction {
    case .outbound: .sender
    case .inbound: .receiver
    case .unknown, nil: nil
    }
  }

  /// The process whose socket it is; where that is not told, the one on whose behalf it was.
  private var appleProcess: ProcessInformation? {
    var places: [UInt16: UInt32] = [:]
    let isBigEndian = options.isBigEndian
    options.forEach { code, value in
      if code == AppleBlock.packetProcess || code == AppleBlock.packetEffectiveProcess,
        value.count == 4
      {
        places[code] = value.uint32(at: 0, bigEndian: isBigEndian)
      }
    }
    guard !places.isEmpty, let processes else { return nil }
    return places[AppleBlock.packetProcess].flatMap { processes.process(counted: $0) }
      ?? places[AppleBlock.packetEffectiveProcess].flatMap { processes.process(counted: $0) }
  }
}
