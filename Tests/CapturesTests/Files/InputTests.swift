import Captures
import Glibc
import Testing

@Suite struct InputTests {
  /// Two ends of a pipe.
  static func ends() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    _ = unsafe pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  static func send(_ bytes: [UInt8], to descriptor: Int32) {
    #expect(unsafe write(descriptor, bytes, bytes.count) == bytes.count)
  }

  static func failure(_ path: String) -> CaptureError.Failure? {
    do {
      _ = try CaptureFile(path: path)
      return nil
    } catch { return error.failure }
  }

  @Test func `what is no capture is refused with the reason`() {
    #expect(Self.failure("/nonexistent/file") == .notFound)
    #expect(Self.failure("/etc/passwd/file") == .notFound)
    #expect(Self.failure("/") == .isDirectory)
    #expect(Self.failure("/dev/null") == .empty)
    #expect(Self.failure("/etc/passwd") == .notACapture)
  }

  @Test func `a file that may not be read is not permitted`() {
    let scratch = Scratch()
    scratch.fill(PcapFileTests.file().all)
    _ = unsafe chmod(scratch.path, 0)
    let path = scratch.path
    let failure = Aside.run { Privilege.drop() ? Self.failure(path) : nil }
    #expect(failure == .notPermitted(.file))
  }

  @Test func `a pipe gives the frames that a file gives, in any pieces`() {
    for bytes in [PcapFileTests.file().all, PcapngFileTests.file(bigEndian: true).all] {
      let (read, write) = Self.ends()
      let writer = Aside {
        for byte in bytes { Self.send([byte], to: write) }
        _ = close(write)
      }
      let reading = Reading { () throws(CaptureError) in
        try CaptureFile(descriptor: read, name: "pipe")
      }
      writer.wait()
      #expect(reading.error == nil && reading.frames == Reading(bytes).frames)
    }
  }

  @Test func `a pipe that does not block is waited for`() {
    let (read, write) = Self.ends()
    _ = fcntl(read, F_SETFL, O_NONBLOCK)
    let bytes = PcapFileTests.file().all
    let writer = Aside {
      for half in [bytes.prefix(30), bytes.suffix(from: 30)] {
        _ = usleep(20_000)
        Self.send(Array(half), to: write)
      }
      _ = close(write)
    }
    let reading = Reading { () throws(CaptureError) in
      try CaptureFile(descriptor: read, name: "pipe")
    }
    writer.wait()
    #expect(reading.error == nil && reading.frames.count == 2)
  }

  @Test func `a frame is shown before the pipe has another`() throws {
    let (read, write) = Self.ends()
    let file = PcapFileTests.file()
    Self.send(Array(file.all.prefix(file.ends[1])), to: write)
    var opened = try CaptureFile(descriptor: read, name: "pipe")
    #expect(try opened.read(most: 1) { _ in true } == 1)
    #expect(opened.size == nil && opened.bytesRead == UInt64(file.ends[1]))
    _ = close(write)
    #expect(try opened.read(most: 1) { _ in true } == 0)
  }

  @Test func `a file that shrinks while it is read is cut at its last whole record`() throws {
    let scratch = Scratch()
    var file = PcapBytes()
    for number in 0..<1000 {
      file.record(UInt32(number), 0, [UInt8](repeating: 1, count: 1000), length: 1000)
    }
    scratch.fill(file.all)
    var opened = try CaptureFile(path: scratch.path)
    #expect(try opened.read(most: 1) { _ in true } == 1)
    // Between two records, behind what one read has taken.
    scratch.cut(file.ends[600])
    var count = 1
    let error = #expect(throws: CaptureError.self) {
      while try opened.read(
        most: 10,
        { _ in
          count += 1
          return true
        }) > 0
      {}
    }
    #expect(count == 600 && error?.failure == .truncated)
    #expect(error?.offset == UInt64(file.ends[600]))
  }

  @Test func `a call that says stop is not called again`() throws {
    let scratch = Scratch()
    for bytes in [PcapFileTests.file().all, PcapngFileTests.file(bigEndian: false).all] {
      scratch.fill(bytes)
      var file = try CaptureFile(path: scratch.path)
      #expect(try file.read(most: .max) { _ in false } == 1)
      #expect(try file.read(most: 0) { _ in true } == 0)
      #expect(try file.read(most: .max) { _ in true } > 0)
    }
  }
}
