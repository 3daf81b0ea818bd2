import Packets
import Testing

@testable import Report

/// What a capture file says of a packet, kept in bounds and for a run that joins it with others.
@Suite struct FrameRemarksTests {
  private static func again(_ remarks: FrameRemarks) -> FrameRemarks? {
    var out = EventBytes()
    remarks.put(into: &out)
    var reader = EventReader(out.bytes)
    let read = FrameRemarks(&reader)
    return reader.isAtEnd ? read : nil
  }

  @Test func `comments beyond the bounds are counted or cut`() {
    let remarks = FrameRemarks(
      comments: (0..<11).map { [UInt8](repeating: $0, count: $0 == 3 ? 1_025 : 2) })
    #expect(remarks.comments.count == 8 && remarks.commentsNotListed == 3)
    #expect(remarks.comments[3].count == 1_024 && remarks.comments[4] == [4, 4])
    #expect(remarks.size == 7 * 2 + 1_024)
    #expect(!remarks.isEmpty && FrameRemarks().isEmpty)
  }

  @Test func `remarks read back as they were written`() {
    for remarks in [
      FrameRemarks(), FrameRemarks(interface: []), FrameRemarks(interface: Array("eth0".utf8)),
      FrameRemarks(interface: nil, comments: [[0, 255], []]),
      FrameRemarks(interface: [9], comments: [[UInt8]](repeating: [1], count: 30)),
    ] {
      #expect(Self.again(remarks) == remarks)
    }
  }

  @Test func `what no run writes is refused`() {
    #expect(Self.again(FrameRemarks(interface: [UInt8](repeating: 1, count: 256))) != nil)
    #expect(Self.again(FrameRemarks(interface: [UInt8](repeating: 1, count: 257))) == nil)
    // No interface, nine comments; one of 1,025 bytes; no end.
    for bytes: [UInt8] in [
      [0, 9] + [UInt8](repeating: 0, count: 9 * 4 + 4),
      [0, 1, 0, 0, 4, 1] + [UInt8](repeating: 0, count: 1_025 + 4), [0, 0, 0, 0],
    ] {
      var reader = EventReader(bytes)
      #expect(FrameRemarks(&reader) == nil)
    }
  }
}
