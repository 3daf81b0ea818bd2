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
  private var counted: (statistics: CaptureStatistics, nanoseconds: Int64)?
  /// What ended the writing, until it is told.
  private var failure: CaptureError?
  private var isTold = false
  /// Whether `-W` files were written, and the capture ends.
  private(set) var isOver = false

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
  mutating func note(_ statistics: CaptureStatistics, at time: Timestamp) {
    counted = (statistics, time.nanoseconds)
  }

  /// Adds a packet; see `CaptureWriter.write`. A file that is full, or whose time is over, ends before it.
  mutating func write(
    _ bytes: Span<UInt8>, length: Int, nanoseconds: Int64, linkType: Int32, interface: Int,
    name: String?, comment: String? = nil, process: ProcessThread? = nil
  ) {
    rotate()
    guard !isOver else { return }
    writer?.write(
      bytes, length: length, nanoseconds: nanoseconds, linkType: linkType, interface: interface,
      name: name, comment: comment, process: process)
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

  /// Ends the file, with what the kernel counted.
  mutating func finish(_ statistics: CaptureStatistics, at time: Timestamp) {
    guard !isOver, !isTold, failure == nil else { return }
    writer?.writeStatistics(statistics, nanoseconds: time.nanoseconds)
    failure = writer?.finish() ?? nil
  }

  /// What went wrong, once.
  mutating func takeFailure() -> CaptureError? {
    guard !isTold, let error = failure ?? writer?.error else { return nil }
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
    if let counted {
      writer?.writeStatistics(counted.statistics, nanoseconds: counted.nanoseconds)
    }
    failure = writer?.finish() ?? nil
  }

  private mutating func goOn(_ request: ParserRequest) {
    guard helper.ask(request, milliseconds: Self.patience),
      let arrival = helper.wait(milliseconds: Self.patience, for: Self.isAboutFile)
    else {
      failure = CaptureError(source: path, failure: .io(helper.isGone ? EPIPE : ETIMEDOUT))
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
