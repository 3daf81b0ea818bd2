import Captures

/// A frame as a value, to compare.
struct Shown: Equatable {
  var bytes: [UInt8]
  var length: Int
  var nanoseconds: Int64?
  var linkType: Int32
  var interface = 0
  var comments: [[UInt8]] = []
  var process: ProcessThread?
  var direction: FrameDirection?

  init(
    _ bytes: [UInt8], length: Int? = nil, at nanoseconds: Int64?, linkType: Int32 = 1,
    interface: Int = 0, comments: [String] = [], process: ProcessThread? = nil,
    direction: FrameDirection? = nil
  ) {
    self.bytes = bytes
    self.length = length ?? bytes.count
    self.nanoseconds = nanoseconds
    self.linkType = linkType
    self.interface = interface
    self.comments = comments.map { Array($0.utf8) }
    self.process = process
    self.direction = direction
  }

  init(_ frame: borrowing Frame) {
    bytes = []
    for index in 0..<frame.bytes.count { bytes.append(frame.bytes[index]) }
    length = frame.length
    nanoseconds = frame.nanoseconds
    linkType = frame.linkType
    interface = frame.interface
    comments = frame.comments
    process = frame.processThread
    direction = frame.direction
  }
}
