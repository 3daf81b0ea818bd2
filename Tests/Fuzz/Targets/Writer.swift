import Glibc
@testable import Captures

extension FuzzTarget {
  /// What is written reads back: frames, lengths, times, comments and processes, as pcapng and as pcap, with the data of
  /// processes between.
  ///
  ///     flags (1: bit 0 pcap, bit 1 process data), frames: link (1), extra length (1), time (8), comment, bytes
  static let writer = FuzzTarget(name: "writer", longest: 4_096) {
    Recordings.frames(most: 4).filter { !$0.isEmpty }.flatMap { frames in
      let head: [UInt8] = [0, 2, 0x16, 1, 2, 3, 4, 5, 6, 7]
      let comment = FuzzInput.piece(Array("a comment".utf8))
      let pieces = frames.flatMap { head + comment + FuzzInput.piece($0.bytes) }
      return (0..<4).map { [UInt8($0)] + pieces }
    }
  } run: { bytes in
    var input = FuzzInput(bytes)
    let flags = input.byte()
    let isPcap = flags & 1 == 1
    let path = isPcap ? scratch : MemoryFile.shared.path
    guard var writer = try? CaptureWriter(path: path, application: "fuzz") else {
      return demand(false, "a file can be written")
    }
    var written: [Written] = []
    while !input.isAtEnd, written.count < 64 {
      let number = input.byte()
      let linkType = isPcap ? 1 : links[Int(number) % links.count]
      var extra = Int(input.byte())
      let upper = UInt64(input.word())
      let time = Int64(bitPattern: upper << 32 | UInt64(input.word()))
      let comment = String(decoding: input.piece().prefix(512), as: UTF8.self)
      let frame = input.piece()
      // Nothing of no length at the time 0 is a frame in a pcap file: it could not be told from zeros.
      if isPcap, frame.isEmpty { extra = max(extra, 1) }
      if flags & 2 != 0 { writer.writeProcess(process(frame, time)) }
      let name: String? = number & 0x80 != 0 ? comment : nil
      writer.write(
        frame.span, length: frame.count + extra, nanoseconds: time, linkType: linkType,
        interface: Int(number >> 6 & 1), name: name, comment: comment,
        process: ProcessThread(process: UInt32(extra), thread: UInt32(number)))
      let holds = max(0, isPcap ? min(time, latest) : time)
      written.append(
        Written(
          bytes: frame, length: frame.count + extra, time: holds, linkType: linkType,
          comment: isPcap || comment.isEmpty ? nil : Array(comment.utf8),
          process: isPcap ? nil : UInt32(extra)))
    }
    demand(writer.finish() == nil, "everything is written")
    let read = read(path)
    demand(read.count == written.count, "\(read.count) of \(written.count) frames are read back")
    for (index, (one, other)) in zip(written, read).enumerated() {
      demand(one == other, "frame \(index) reads back: \(one) became \(other)")
    }
  }

  /// A frame as it is written, and as it is read.
  private struct Written: Equatable {
    var bytes: [UInt8]
    var length: Int
    var time: Int64
    var linkType: Int32
    var comment: [UInt8]?
    var process: UInt32?
  }

  /// Ethernet, cooked of both versions, raw IP, null.
  private static let links: [Int32] = [1, 113, 276, 12, 0]
  /// The last moment that a pcap file can hold.
  private static let latest = Int64(UInt32.max) * 1_000_000_000 + 999_999_999
  /// A file of this process whose name ends in `.pcap`: nothing else makes the writer choose it.
  private static let scratch: String = {
    atexit { _ = unsafe unlink(FuzzTarget.scratchOf(getpid())) }
    return scratchOf(getpid())
  }()

  private static func scratchOf(_ pid: pid_t) -> String { "/dev/shm/icwscan-fuzz-\(pid).pcap" }

  private static func process(_ text: [UInt8], _ time: Int64) -> ProcessInformation {
    var process = ProcessInformation(
      process: UInt32(text.count), startNanoseconds: UInt64(bitPattern: time))
    process.name = text
    process.path = text
    process.commandLine = text
    process.userName = text
    process.comment = String(decoding: text, as: UTF8.self)
    return process
  }

  private static func read(_ path: String) -> [Written] {
    var found: [Written] = []
    do {
      var file = try CaptureFile(path: path)
      while try file.read(
        most: 100,
        { frame in
          found.append(
            Written(
              bytes: [UInt8](copying: frame.bytes), length: frame.length,
              time: frame.nanoseconds ?? -1, linkType: frame.linkType,
              comment: frame.comments.first.flatMap { $0.isEmpty ? nil : $0 },
              process: frame.processThread?.process))
          return true
        }) > 0
      {}
    } catch {
      demand(false, "what was written can be read: \(error)")
    }
    return found
  }
}

extension MemoryFile {
  /// One that is written again and again.
  fileprivate static let shared = MemoryFile()
}
