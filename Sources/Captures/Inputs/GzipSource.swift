import CZlib
import Glibc

/// The content of a gzip file (RFC 1952), of one member or several.
///
/// libarchive could do it too, but it withholds the last 64 KiB in front of a cut, and a capture whose writer was
/// ended is cut: zlib gives everything that is there.
@safe final class GzipSource: ByteSource {
  private var input: BufferedInput
  private let stream: UnsafeMutablePointer<z_stream>
  private var limit = ExpansionLimit()
  private var isInside = true
  private var failure: CaptureError?

  /// Unpacks `input`, which begins with a gzip header.
  init(_ input: consuming BufferedInput) throws(CaptureError) {
    let source = input.source
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window, and 16: nothing but gzip.
    let status = unsafe inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      unsafe stream.deallocate()
      throw CaptureError(
        source: source, failure: GzipLibrary.isPresent ? .io(ENOMEM) : .noLibrary("zlib"))
    }
    // Not before: whoever has all parts is torn down with them.
    unsafe self.stream = stream
    self.input = input
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    if let failure { throw failure }
    while true {
      guard try input.require(1) else {
        guard isInside else { return 0 }
        throw CaptureError(source: input.source, failure: .truncated)
      }
      if !isInside, try !beginMember() { return 0 }
      let got = unsafe unpack(into: memory)
      do {
        try limit.note(got, from: input.offset, source: input.source)
      } catch {
        failure = error
      }
      if got > 0 { return got }
      if let failure { throw failure }
    }
  }

  /// Unpacks what lies ready; says how much came out of it, and notes what ended it.
  private func unpack(into memory: UnsafeMutableRawBufferPointer) -> Int {
    let packed = unsafe input.unreadMemory
    let given = UInt32(clamping: packed.count)
    let room = UInt32(clamping: memory.count)
    unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
    unsafe stream.pointee.avail_in = given
    unsafe stream.pointee.next_out = memory.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = room
    let status = unsafe inflate(stream, Z_NO_FLUSH)
    let left = unsafe stream.pointee.avail_in
    input.skip(Int(given - left))
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isInside = false
    default:
      let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
      failure = CaptureError(
        source: input.source, failure: .damaged(.packed), message: message)
    }
    let unused = unsafe stream.pointee.avail_out
    return Int(room - unused)
  }

  /// Whether another member follows; zeros behind the last one are a tape's padding.
  private func beginMember() throws(CaptureError) -> Bool {
    while try input.require(1), input.unread[0] == 0 { input.skip(1) }
    guard try input.require(1) else { return false }
    guard try input.require(2), input.unread[0] == 0x1f, input.unread[1] == 0x8b else {
      throw CaptureError(source: input.source, failure: .damaged(.trailingBytes))
    }
    guard unsafe inflateReset(stream) == Z_OK else {
      throw CaptureError(source: input.source, failure: .damaged(.packed))
    }
    isInside = true
    return true
  }
}
