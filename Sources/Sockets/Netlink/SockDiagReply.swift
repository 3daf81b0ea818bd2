import CLinux
import Glibc

/// What one datagram of the kernel's answer says.
struct SockDiagReply: Hashable {
  /// The sockets in it.
  var entries: [SocketEntry] = []
  /// Whether it ends the answer.
  var isDone = false
  /// The kernel's `errno` when it refused; it ends the answer too.
  var failure: Int32?
  /// Whether the table changed under the dump (NLM_F_DUMP_INTR).
  var isInterrupted = false
  /// Whether something in it did not parse; what stands before is kept.
  var isMalformed = false

  /// Parses the messages of a datagram that answer the request `sequence`; those of other requests are passed over.
  init(_ bytes: [UInt8], sequence: UInt32, protocol: DiagProtocol) {
    let headerLength = MemoryLayout<nlmsghdr>.size
    var offset = 0
    while offset < bytes.count {
      guard let header = KernelBytes.load(nlmsghdr.self, from: bytes, at: offset),
        let length = Int(exactly: header.nlmsg_len),
        length >= headerLength, length <= bytes.count - offset
      else {
        isMalformed = true
        return
      }
      let body = (offset + headerLength)..<(offset + length)
      offset += KernelBytes.aligned(length)
      guard header.nlmsg_seq == sequence else { continue }
      if header.nlmsg_flags & UInt16(NLM_F_DUMP_INTR) != 0 { isInterrupted = true }
      switch Int32(header.nlmsg_type) {
      case NLMSG_NOOP: continue
      case NLMSG_ERROR, NLMSG_DONE:
        end(with: KernelBytes.load(Int32.self, from: Array(bytes[body]), at: 0), header.nlmsg_type)
        return
      case Int32(SOCK_DIAG_BY_FAMILY), TCPDIAG_GETSOCK:
        guard let message = DiagMessage(Array(bytes[body]), protocol: `protocol`) else {
          isMalformed = true
          continue
        }
        entries.append(message.entry)
      default: isMalformed = true
      }
    }
  }

  /// NLMSG_ERROR carries a negative `errno`; NLMSG_DONE carries 0, a negative one, or nothing.
  private mutating func end(with code: Int32?, _ type: UInt16) {
    isDone = true
    switch code {
    case .some(let code) where code < 0 && code > -4096: failure = -code
    case .some(0): break
    case nil where Int32(type) == NLMSG_DONE: break
    default: isMalformed = Int32(type) == NLMSG_ERROR
    }
  }
}
