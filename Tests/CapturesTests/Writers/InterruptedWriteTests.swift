import Captures
import Glibc
import Synchronization
import Testing

/// A signal that comes while a write waits (EINTR) loses and doubles nothing.
@Suite(.timeLimit(.minutes(20))) struct InterruptedWriteTests {
  @Test func `a capture written through signals is whole`() throws {
    let scratch = Scratch(suffix: ".pcap")
    let pipe = scratch.path + ".fifo.pcap"
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    defer { _ = unsafe unlink(pipe) }
    // Without SA_RESTART a write that waits for its reader ends with EINTR.
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in }
    unsafe _ = sigaction(SIGURG, &action, nil)
    let target = Target()
    let writer = Aside {
      target.thread = pthread_self()
      guard var writer = try? CaptureWriter(path: pipe, application: "a test") else { return }
      target.isWriting.store(true, ordering: .releasing)
      for number in 0..<2_000 {
        writer.write(
          [UInt8](repeating: UInt8(number % 251), count: 1_000).span, length: 1_000,
          nanoseconds: Int64(number), linkType: 1, interface: 0, name: nil)
      }
      target.failure = .some(writer.finish())
      target.isWriting.store(false, ordering: .releasing)
      target.isDone = true
    }
    let descriptor = unsafe open(pipe, O_RDONLY | O_CLOEXEC)
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 10_000)
    while true {
      // The writer waits for this reader most of the time.
      if target.isWriting.load(ordering: .acquiring) { pthread_kill(target.thread, SIGURG) }
      _ = usleep(500)
      let count = unsafe Glibc.read(descriptor, &part, part.count)
      if count <= 0 { break }
      bytes += part.prefix(count)
    }
    writer.wait()
    _ = close(descriptor)
    #expect(target.isDone && target.failure == .some(nil))
    let reading = Reading(bytes)
    #expect(reading.error == nil && reading.frames.count == 2_000)
    for (number, frame) in reading.frames.enumerated() {
      #expect(frame.bytes == [UInt8](repeating: UInt8(number % 251), count: 1_000))
    }
  }

  private final class Target: @unchecked Sendable {
    var thread = pthread_t()
    let isWriting = Atomic(false)
    var isDone = false
    var failure: CaptureError??
  }
}
