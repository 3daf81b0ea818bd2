import CArchive
import Glibc

/// libarchive over another input: one compression undone, or the members of one archive.
///
/// Only what the first bytes promise is switched on, so nothing else of the library meets hostile bytes, and no step
/// is hidden from the limits. Nothing is ever written to a disk.
@safe final class ArchiveReader {
  private var input: BufferedInput
  private let archive: OpaquePointer
  private let interrupt: Interrupt?
  private let format: ArchiveFormat?
  /// Bytes of the input that libarchive holds.
  private var lent = 0
  private var limit = ExpansionLimit()
  /// All bytes lent so far; those that are sought out twice count twice.
  private var consumed: UInt64 = 0
  /// What ended the input, hidden by libarchive behind an error of its own.
  private var failure: CaptureError?
  /// Whether no further call can succeed.
  private(set) var isDead = false
  /// Members begun.
  private(set) var members = 0

  private var failures = 0

  /// The most failures of one archive, after which it is given up.
  static let mostFailures = 64
  /// The most members of one archive that are looked at.
  static let mostMembers = 1_000_000

  /// Undoes a compression: the content is the only member.
  init(
    _ input: consuming BufferedInput, _ compression: Compression, _ interrupt: Interrupt?
  ) throws(CaptureError) {
    format = nil
    self.interrupt = interrupt
    guard let archive = unsafe archive_read_new() else {
      throw Self.refusal(input.source)
    }
    unsafe self.archive = archive
    self.input = input
    unsafe archive_read_support_format_raw(archive)
    unsafe archive_read_support_format_empty(archive)
    // The filter for .Z reads the first bytes as it is made, thus only once the input is open.
    let status =
      compression == .compress
      ? unsafe archive_read_support_filter_compress(archive)
      : unsafe archive_read_append_filter(archive, compression.filter)
    try check(status)
    try open()
  }

  /// Looks into an archive.
  init(
    _ input: consuming BufferedInput, _ format: ArchiveFormat, _ interrupt: Interrupt?
  ) throws(CaptureError) {
    self.format = format
    self.interrupt = interrupt
    guard let archive = unsafe archive_read_new() else {
      throw Self.refusal(input.source)
    }
    unsafe self.archive = archive
    self.input = input
    switch format {
    case .tar: unsafe archive_read_support_format_tar(archive)
    case .zip: unsafe archive_read_support_format_zip(archive)
    case .sevenZip: unsafe archive_read_support_format_7zip(archive)
    }
    try check(unsafe archive_read_append_filter(archive, ARCHIVE_FILTER_NONE))
    try open()
  }

  /// Why there is no reader.
  private static func refusal(_ source: String) -> CaptureError {
    CaptureError(
      source: source, failure: ArchiveLibrary.isPresent ? .io(ENOMEM) : .noLibrary("libarchive"))
  }

  deinit { unsafe archive_read_free(archive) }

  /// The name of the input.
  var source: String { input.source }

  /// Goes to the next regular file; nil at the end.
  ///
  /// - Throws: `CaptureError`; `isDead` then says whether there is any use in going on.
  func next() throws(CaptureError) -> ArchiveMember? {
    while !isDead {
      try passMember()
      guard members < Self.mostMembers else {
        isDead = true
        throw CaptureError(source: input.source, failure: .tooManyMembers)
      }
      var entry: OpaquePointer?
      let status = unsafe archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { break }
      try check(status)
      guard let entry = unsafe entry else { break }
      members += 1
      let isFile = unsafe archive_entry_filetype(entry) == S_IFREG
      let isLink = unsafe archive_entry_hardlink(entry) != nil
      if format != nil, !isFile || isLink { continue }
      return ArchiveMember(
        name: format == nil ? nil : unsafe Self.name(of: entry), number: members)
    }
    isDead = true
    return nil
  }

  /// Reads on in the present member; zero is its end.
  func read(into memory: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    var attempts = 0
    while true {
      let got = unsafe archive_read_data(archive, memory.baseAddress, memory.count)
      if got >= 0 {
        try note(got)
        return got
      }
      // Asked for a few times only: what never comes would be waited for without end.
      attempts += 1
      guard got == Int(ARCHIVE_RETRY) || got == Int(ARCHIVE_WARN), attempts < 8 else {
        try check(Int32(clamping: got))
        throw CaptureError(source: input.source, failure: .damaged(.packed))
      }
    }
  }

  /// Reads the rest of a member where libarchive would unpack it only to throw it away: that must count too.
  private func passMember() throws(CaptureError) {
    guard members > 0, format == .sevenZip || format == .zip && !input.isSeekable else { return }
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { unsafe memory.deallocate() }
    while true {
      let got = unsafe archive_read_data(archive, memory.baseAddress, memory.count)
      guard got > 0 else { return }
      try note(got)
    }
  }

  private func note(_ count: Int) throws(CaptureError) {
    do {
      try limit.note(count, from: consumed, source: input.source)
    } catch {
      isDead = true
      throw error
    }
  }

  /// The name as the archive has it; raw. UTF-8 first: the library's own locale is never set.
  private static func name(of entry: OpaquePointer) -> [UInt8] {
    let name =
      unsafe archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
    guard let name = unsafe name else { return [] }
    let length = unsafe strnlen(name, ArchiveMember.longestName)
    return unsafe UnsafeBufferPointer(start: name, count: length).map { UInt8(bitPattern: $0) }
  }

  private func open() throws(CaptureError) {
    let reader = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe archive_read_set_read_callback(archive) { _, reader, bytes in
      guard let reader = unsafe reader else { return -1 }
      return unsafe Unmanaged<ArchiveReader>.fromOpaque(reader).takeUnretainedValue().lend(bytes)
    }
    if input.isSeekable {
      unsafe archive_read_set_seek_callback(archive) { _, reader, offset, origin in
        guard let reader = unsafe reader else { return -30 }
        return unsafe Unmanaged<ArchiveReader>.fromOpaque(reader).takeUnretainedValue()
          .seek(offset, from: origin)
      }
    }
    unsafe archive_read_set_callback_data(archive, reader)
    try check(unsafe archive_read_open1(archive))
    // Bytes that can't be unpacked from the start pass for an empty content, with the reason beside it.
    let isUnreadable = format == nil && (unsafe archive_errno(archive) != 0)
    if isUnreadable { try check(ARCHIVE_FATAL) }
  }

  /// libarchive's read callback: the bytes that lie ready, which stay until the next call.
  private func lend(_ bytes: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
    input.skip(lent)
    lent = 0
    while true {
      do {
        guard try input.require(1) else { return 0 }
        break
      } catch {
        // The library can't be left in the middle: what woke the wait is looked at here.
        if error.failure == .interrupted, let interrupt, !interrupt.asksToEnd() { continue }
        failure = error
        return -1
      }
    }
    let ready = unsafe input.unreadMemory
    unsafe bytes?.pointee = UnsafeRawPointer(ready.baseAddress)
    lent = ready.count
    consumed &+= UInt64(lent)
    return lent
  }

  /// libarchive's seek callback.
  private func seek(_ offset: Int64, from origin: Int32) -> Int64 {
    let begin: Int64
    switch origin {
    case SEEK_SET: begin = 0
    case SEEK_CUR: begin = Int64(clamping: input.offset) &+ Int64(lent)
    case SEEK_END: begin = Int64(clamping: input.size ?? 0)
    default: return Int64(ARCHIVE_FATAL)
    }
    let (place, overflow) = begin.addingReportingOverflow(offset)
    guard !overflow, place >= 0, input.seek(to: UInt64(place)) else { return Int64(ARCHIVE_FATAL) }
    lent = 0
    return place
  }

  /// Throws what a status says; a warning says nothing that matters here.
  private func check(_ status: Int32) throws(CaptureError) {
    guard status != ARCHIVE_OK, status != ARCHIVE_WARN, status != ARCHIVE_EOF else { return }
    failures += 1
    if status != ARCHIVE_FAILED || failures >= Self.mostFailures { isDead = true }
    if let failure {
      isDead = true
      throw failure
    }
    let text = unsafe archive_error_string(archive)
    throw CaptureError(
      source: input.source, failure: .damaged(.packed),
      message: unsafe text.map { unsafe String(cString: $0) })
  }
}
