import ArgumentParser
import Captures
import Glibc
import Report

/// The state file of `--resume`: a line for each input that is done, with what was found in it.
///
/// A line is added when the flows of its input are written out, so a crash loses none that a line speaks of. It can cut
/// the last line short, which the next run takes away; its input is then read again. An input that changed gets a
/// further line.
final class ResumeState {
  /// What earlier runs found in the inputs that did not change since.
  private(set) var totals = AnalysisTotals()
  /// The flows of those inputs.
  private(set) var tally = Tally()
  /// The inputs that are left, in their order.
  private(set) var inputs: [InputList.Input] = []
  /// How many inputs are done.
  private(set) var doneBefore = 0

  /// What all counts that are taken from a file add up to at most, so that no sum of them can overflow.
  private static let heaviest = 1 << 60

  private let path: String
  private let descriptor: Int32
  private var weight = 0
  /// Whether lines can still be added.
  private var isWritable = true

  /// The state in a file, which is made when there is none. `question` is all that findings hang on beside the inputs.
  ///
  /// - Throws: `ValidationError` when the file is no state, one of another question, damaged, in use, or can't be
  ///   written. It is then left as it was.
  init(path: String, question: [String], inputs named: [InputList.Input]) throws {
    self.path = path
    descriptor = unsafe open(
      RawPath.terminated(path), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
      0o644)
    guard descriptor >= 0 else { throw Self.refused(path, errno) }
    var own = stat()
    guard unsafe fstat(descriptor, &own) == 0, own.st_mode & S_IFMT == S_IFREG else {
      throw ValidationError("--resume: \(Escaped.path(path)) is no regular file: name another one")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw ValidationError(
        "--resume: another run uses \(Escaped.path(path)): wait for its end, or name another file")
    }
    let wanted = try Self.wanted(named, besides: own, path)
    let head = ResumeRecord.head(question: question)
    let (end, done) = try read(head: head, wanted)
    // The lock is held: nobody else has written since.
    guard end == own.st_size || ftruncate(descriptor, off_t(end)) == 0, end > 0 || write(head)
    else {
      throw Self.refused(path, errno)
    }
    for input in wanted where done.contains(input) { doneBefore += 1 }
    inputs = wanted.filter { !done.contains($0) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Notes an input that is done, unless nothing in it could be read: that may be mended.
  ///
  /// - Returns: false when the line can't be written, which is told; no further one is then tried.
  func note(
    _ input: InputList.Input, _ identity: FileIdentity, _ totals: AnalysisTotals, _ tally: Tally
  ) -> Bool {
    guard isWritable, totals.filesRead > 0 || totals.failed == 0 else { return true }
    var record = ResumeRecord(
      path: input.path, isFound: input.isFound, size: identity.size, modified: identity.modified,
      files: totals.filesRead, failed: totals.failed, skipped: totals.skipped,
      counters: totals.counters, tally: tally)
    record.empty = totals.empty
    if write(record.line) { return true }
    isWritable = false
    let words = unsafe String(cString: strerror(errno))
    Diagnostics.say(
      "--resume: can't write \(Escaped.path(path)): \(words); what is done from here on is not kept"
    )
    return false
  }

  /// The inputs without the state file itself, which may lie in a folder of captures.
  private static func wanted(
    _ inputs: [InputList.Input], besides own: stat, _ path: String
  ) throws -> [InputList.Input] {
    try inputs.filter { input in
      guard let status = WriteOptions.status(input.path, standard: STDIN_FILENO),
        (status.st_dev, status.st_ino) == (own.st_dev, own.st_ino)
      else { return true }
      if input.isFound { return false }
      throw ValidationError(
        "--resume: \(Escaped.path(path)) is also an input: name another file for the state")
    }
  }

  /// Reads the lines; says where the last whole one ends, and which inputs are done.
  private func read(
    head: [UInt8], _ inputs: [InputList.Input]
  ) throws -> (end: Int64, done: Set<InputList.Input>) {
    var times: [InputList.Input: Int] = [:]
    for input in inputs { times[input, default: 0] += 1 }
    var done: Set<InputList.Input> = []
    var reader = LineReader(
      descriptor: fcntl(descriptor, F_DUPFD_CLOEXEC, 0), name: Escaped.path(path))
    var number = 0
    while true {
      let start = reader.offset
      let next: [UInt8]?
      do throws(CaptureError) { next = try reader.next() } catch { throw Self.refused(path, EIO) }
      guard let line = next else { return (start, done) }
      number += 1
      let isWhole = reader.offset > start + Int64(line.count)
      if number == 1 {
        if !isWhole, head.starts(with: line) { return (0, done) }
        try check(line, isWhole: isWhole, head)
        continue
      }
      guard isWhole else { return (start, done) }
      guard let record = ResumeRecord(line: line) else { throw damaged(number) }
      let input = InputList.Input(path: record.path, isFound: record.isFound)
      guard let count = times[input], let now = FileIdentity(input.path),
        now.size == record.size, now.modified == record.modified, done.insert(input).inserted
      else { continue }
      for _ in 0..<count { try add(record, number) }
    }
  }

  private func check(_ line: [UInt8], isWhole: Bool, _ head: [UInt8]) throws {
    guard isWhole, ResumeRecord.isHead(line) else {
      throw ValidationError(
        "--resume: \(Escaped.path(path)) is no state of icwscan: name another file, which is made")
    }
    guard line.elementsEqual(head.dropLast()) else {
      throw ValidationError(
        "--resume: \(Escaped.path(path)) is of other options, rules or another version of icwscan: "
          + "name another file, which is made")
    }
  }

  private func add(_ record: ResumeRecord, _ number: Int) throws {
    guard record.weight <= Self.heaviest - weight else { throw damaged(number) }
    weight += record.weight
    var found = AnalysisTotals()
    found.filesRead = record.files
    found.addEmpty(record.empty)
    found.failed = record.failed
    found.skipped = record.skipped
    found.add(record.counters)
    totals.add(found)
    tally.add(record.tally)
  }

  private func damaged(_ number: Int) -> ValidationError {
    ValidationError(
      "--resume: \(Escaped.path(path)) line \(number) is damaged: take it out, and its input is read again"
    )
  }

  private static func refused(_ path: String, _ code: Int32) -> ValidationError {
    let words = unsafe String(cString: strerror(code))
    return ValidationError("--resume: can't use \(Escaped.path(path)): \(words)")
  }

  /// Adds bytes to the file; false when not all of them could be written, and then none are.
  private func write(_ bytes: [UInt8]) -> Bool {
    let begin = lseek(descriptor, 0, SEEK_END)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress!, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        _ = ftruncate(descriptor, begin)
        errno = code
        return false
      }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
