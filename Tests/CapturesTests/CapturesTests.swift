import Captures
import Glibc
import Testing

@Suite struct CaptureFileTests {
  /// A little-endian pcap file with two frames of four bytes.
  static let good: [UInt8] =
    [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0]
    + [1, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 9, 0, 0, 0, 1, 2, 3, 4]
    + [1, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 5, 6, 7, 8]

  /// What a pipe with these bytes delivers.
  static func frames(_ bytes: [UInt8]) throws(CaptureError) -> ([[UInt8]], CaptureError?) {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    #expect(unsafe write(ends[1], bytes, bytes.count) == bytes.count)
    close(ends[1])
    var file = try CaptureFile(descriptor: ends[0], name: "pipe")
    var found: [[UInt8]] = []
    do {
      while try file.read(
        most: 1,
        { frame in
          found.append(frame.bytes.indices.map { frame.bytes[$0] })
          #expect(frame.number == found.count && frame.linkType == 1)
          return true
        }) > 0
      {}
    } catch { return (found, error) }
    return (found, nil)
  }

  @Test func `a pcap file gives its frames in order`() throws {
    let (frames, error) = try Self.frames(Self.good)
    #expect(frames == [[1, 2, 3, 4], [5, 6, 7, 8]])
    #expect(error == nil)
  }

  @Test(arguments: 0..<64)
  func `a cut pcap file gives what precedes the cut and says where it is cut`(count: Int) throws {
    let cut = Array(Self.good.prefix(count))
    if count < 24 {
      #expect(throws: CaptureError.self) { _ = try Self.frames(cut) }
      return
    }
    let (frames, error) = try Self.frames(cut)
    #expect(frames.count == (count - 24) / 20)
    let rest = (count - 24) % 20
    #expect(error?.failure == (rest == 0 ? nil : .truncated))
    #expect(error?.offset == (rest == 0 ? nil : UInt64(count - rest)))
  }

  @Test func `what is no capture is refused with the reason`() {
    func failure(_ path: String) -> CaptureError.Failure? {
      do {
        _ = try CaptureFile(path: path)
        return nil
      } catch { return error.failure }
    }
    #expect(failure("/nonexistent/file") == .notFound)
    #expect(failure("/") == .isDirectory)
    #expect(failure("/dev/null") == .empty)
    #expect(failure("/etc/passwd") == .notACapture)
  }
}
