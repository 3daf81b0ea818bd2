import Captures
import Glibc
import Packets
import Roles

/// The capture that a live run writes: one file, or one after the other, each of which the helper opens.
struct LiveOutput: ~Copyable {
  /// How long the helper has to open a file, in milliseconds.
  private static let patience: Int32 = 5_000

  private var writer: CaptureWriter?
  private let helper: HelperConnection
  private let rotation: Rotation
  private let path: String
  /// When the present file was begun, in seconds since 1970.
  private var began: Int64
  /// What the kernel counted when it was asked last, and when that was: it stands at the end of each file.
  private var counted: (counts: [Count], nanoseconds: Int64) = ([], 0)
  private let start = Clock.now.nanoseconds
  /// What ended the writing, until it is told.
  private var failure: CaptureError?
  private var isTold = false
  /// Whether `-W` files were written, and the capture ends.
  private(set) var isOver = false

  /// What the kernel counted on a device.
  struct Count {
    let statistics: CaptureStatistics
    let linkType: Int32
    let interface: Int
    let name: String
  }

  /// Writes through `writer`; nil to write nothing.
  init(
    _ writer: consuming CaptureWriter?, path: String, helper: HelperConnection, rotation: Rotation
  ) {
    self.writer = writer
    self.path = path
    self.helper = helper
    self.rotation = rotation
    began = Self.seconds
  }

  /// Whether packets are written at all.
  var isOn: Bool { writer != nil }

  /// Whether the counts of the kernel stand in files that end before the capture does.
  var wantsStatistics: Bool { writer != nil && !rotation.isNone }

  /// Takes what the kernel has counted by now.
  mutating func note(_ counts: [Count], at time: Timestamp) {
    counted = (counts, time.nanoseconds)
  }

  /// Whether whoever read along on standard output has gone: it has seen enough.
  var isReaderGone: Bool {
    switch writer {
    case .some(let writer): writer.isReaderGone
    case .none: false
    }
  }

  /// Ends a file that is full, or whose time is over: what belongs to the next packet goes into the next one.
  mutating func prepare() { rotate() }

  /// Describes a process; see `CaptureWriter.writeProcess`.
  mutating func writeProcess(_ process: ProcessInformation) { writer?.writeProcess(process) }

  /// Tells an address's name; see `CaptureWriter.writeName`.
  mutating func writeName(_ name: String, of address: [UInt8]) {
    writer?.writeName(name, of: address)
  }

  /// Adds a packet; see `CaptureWriter.write`.
  mutating func write(
    _ bytes: Span<UInt8>, length: Int, nanoseconds: Int64, linkType: Int32, interface: Int,
    name: String?, comment: String? = nil, process: ProcessThread? = nil,
    direction: FrameDirection? = nil
  ) {
    guard !isOver else { return }
    writer?.write(
      bytes, length: length, nanoseconds: nanoseconds, linkType: linkType, interface: interface,
      name: name, comment: comment, process: process, direction: direction)
  }

  /// Writes out what is buffered.
  mutating func flush() {
    if let error = writer?.flush() ?? nil { failure = error }
  }

  /// Goes on in a new file of the same name, when the user has moved the present one away.
  mutating func reopen() {
    guard writer != nil, path != "-" else {
      flush()
      return
    }
    // Everything is in the file that is moved away before there is another.
    flush()
    if failure == nil { goOn(.sameFile) }
  }

  /// Has standard output go on in a new file of `--output`; what went wrong.
  func reopenData() -> CaptureError? {
    guard helper.ask(.sameData, milliseconds: Self.patience),
      let arrival = helper.wait(milliseconds: Self.patience, for: Self.isAboutFile)
    else { return CaptureError(source: "--output", failure: .io(ETIMEDOUT)) }
    if case .fileRefused(let number) = arrival.message {
      return CaptureError(source: "--output", code: number)
    }
    defer { if arrival.descriptor >= 0 { close(arrival.descriptor) } }
    guard dup2(arrival.descriptor, STDOUT_FILENO) >= 0 else {
      return CaptureError(source: "--output", code: errno)
    }
    return nil
  }

  /// Ends the file, with what the kernel counted.
  mutating func finish(_ counts: [Count], at time: Timestamp) {
    guard !isOver, !isTold, failure == nil else { return }
    note(counts, at: time)
    endFile()
  }

  /// What went wrong, once.
  mutating func takeFailure() -> CaptureError? {
    guard !isTold, let error = failure ?? writer?.failure else { return nil }
    isTold = true
    return error
  }

  private mutating func rotate() {
    guard !rotation.isNone, !isOver, !isTold, failure == nil, let length = writer?.length else {
      return
    }
    let isFull = rotation.size.map { length > $0 } ?? false
    // The clock is read once a packet, as tcpdump does: the packets' own times may come from elsewhere.
    let isLate = rotation.seconds.map { Self.seconds - began >= Int64($0) } ?? false
    guard isFull || isLate else { return }
    endFile()
    guard failure == nil else { return }
    goOn(.nextFile)
    // Behind the helper's own look at the clock, which sees for itself whether the time is over.
    if isLate { began = Self.seconds }
  }

  private mutating func endFile() {
    for count in counted.counts {
      writer?.writeStatistics(
        count.statistics, nanoseconds: counted.nanoseconds, since: start,
        linkType: count.linkType, interface: count.interface, name: count.name)
    }
    failure = writer?.finish() ?? nil
  }

  private mutating func goOn(_ request: ParserRequest) {
    guard helper.ask(request, milliseconds: Self.patience),
      let arrival = helper.wait(milliseconds: Self.patience, for: Self.isAboutFile)
    else {
      // A helper that is gone ends the capture by itself, and is told of then.
      if helper.isGone {
        isOver = true
      } else {
        failure = CaptureError(source: path, failure: .io(ETIMEDOUT))
      }
      return
    }
    switch arrival.message {
    case .file where arrival.descriptor >= 0:
      if request == .sameFile { endFile() }
      writer?.goOn(in: arrival.descriptor)
    case .fileStands: break
    case .lastFile: isOver = true
    case .fileRefused(let number): failure = CaptureError(source: path, code: number)
    default: failure = CaptureError(source: path, failure: .io(EIO))
    }
  }

  private static func isAboutFile(_ message: HelperMessage) -> Bool {
    switch message {
    case .file, .fileStands, .lastFile, .fileRefused: true
    default: false
    }
  }

  private static var seconds: Int64 { Clock.now.nanoseconds / 1_000_000_000 }
}
