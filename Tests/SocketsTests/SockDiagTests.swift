import Glibc
import Testing

@testable import Sockets

/// A kernel of canned answers: one list of datagrams or failures a request, with the request's own number put in.
struct CannedChannel: NetlinkChannel, ~Copyable {
  enum Answer {
    case bytes([UInt8])
    case failure(NetlinkError)
  }

  var answers: [[Answer]]
  var current: [Answer] = []
  var sequence: [UInt8] = []

  init(_ answers: [[Answer]]) { self.answers = answers }

  mutating func send(_ request: [UInt8]) throws(NetlinkError) {
    sequence = Array(request[8..<12])
    if answers.isEmpty { throw .silent }
    current = answers.removeFirst()
  }

  mutating func receive() throws(NetlinkError) -> [UInt8] {
    if current.isEmpty { throw .silent }
    switch current.removeFirst() {
    case .failure(let error): throw error
    case .bytes(var bytes):
      bytes.replaceSubrange(8..<12, with: sequence)
      return bytes
    }
  }
}

@Suite struct SockDiagTests {
  static let interrupted: [UInt8] = {
    var bytes = RecordedReply.bound
    bytes[6] |= 0x10
    return bytes
  }()

  @Test func `a dump of several datagrams is put together`() throws {
    var diag = SockDiag(
      CannedChannel([
        [
          .bytes(RecordedReply.established), .bytes(RecordedReply.bound),
          .bytes(RecordedReply.done),
        ]
      ]))
    let dump = try diag.dump(.tcp, isIPv6: false, port: 3699)
    #expect(dump.entries.count == 2 && dump.isComplete)
  }

  @Test func `an interrupted dump is repeated once`() throws {
    var diag = SockDiag(
      CannedChannel([
        [.bytes(Self.interrupted), .bytes(RecordedReply.done)],
        [.bytes(RecordedReply.established), .bytes(RecordedReply.done)],
      ]))
    let dump = try diag.dump(.tcp, isIPv6: false, port: 3699)
    #expect(dump.entries.map(\.inode) == [120203] && dump.isComplete)
  }

  @Test func `a dump that is interrupted twice says so`() throws {
    let answer: [CannedChannel.Answer] = [.bytes(Self.interrupted), .bytes(RecordedReply.done)]
    var diag = SockDiag(CannedChannel([answer, answer]))
    let dump = try diag.dump(.tcp, isIPv6: false, port: 3699)
    #expect(dump.entries.count == 1 && !dump.isComplete)
  }

  @Test func `lost messages lead to a second dump after the first is read to its end`() throws {
    var diag = SockDiag(
      CannedChannel([
        [.bytes(RecordedReply.bound), .failure(.overrun), .bytes(RecordedReply.done)],
        [.bytes(RecordedReply.established), .bytes(RecordedReply.done)],
      ]))
    let dump = try diag.dump(.tcp, isIPv6: false, port: 3699)
    #expect(dump.entries.map(\.inode) == [120203] && dump.isComplete)
  }

  @Test func `a refused dump throws the kernel's number, a refused question is no socket`() throws {
    var diag = SockDiag(
      CannedChannel([[.bytes(RecordedReply.refused)], [.bytes(RecordedReply.refused)]]))
    var failure: NetlinkError?
    do { _ = try diag.dump(.udp, isIPv6: false, port: 1) } catch { failure = error }
    #expect(failure == .system(ENOENT))
    let end = SocketEndpoint(address: [127, 0, 0, 1], port: 1)
    #expect(try diag.one(.tcp, isIPv6: false, source: end, destination: end) == nil)
  }
}
