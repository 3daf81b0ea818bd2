import CLinux
import Glibc

/// What one datagram of nf_tables' answer says.
struct NFTablesReply {
  /// An object: the family of its table and its attributes.
  struct Object: Hashable {
    var family: UInt8
    /// The low half of the number that the kernel gives each state of its rules.
    var generation: UInt16
    var attributes: NFTablesAttributes
  }

  var objects: [Object] = []
  /// Whether it ends the answer.
  var isDone = false
  /// The kernel's `errno` when it refused.
  var failure: Int32?
  /// Whether the rules changed under the dump (NLM_F_DUMP_INTR).
  var isInterrupted = false
  var isMalformed = false

  /// Parses the messages that answer the request; those of other requests are passed over.
  init(_ bytes: [UInt8], to request: NFTablesRequest) {
    let headerLength = MemoryLayout<nlmsghdr>.size
    var offset = 0
    while offset < bytes.count, !isDone {
      guard let header = KernelBytes.load(nlmsghdr.self, from: bytes, at: offset),
        let length = Int(exactly: header.nlmsg_len), length >= headerLength,
        length <= bytes.count - offset
      else {
        isMalformed = true
        return
      }
      let body = Array(bytes[(offset + headerLength)..<(offset + length)])
      offset += KernelBytes.aligned(length)
      guard header.nlmsg_seq == request.sequence else { continue }
      if header.nlmsg_flags & UInt16(NLM_F_DUMP_INTR) != 0 { isInterrupted = true }
      take(header.nlmsg_type, body, answer: request.answer)
    }
  }

  private mutating func take(_ type: UInt16, _ body: [UInt8], answer: UInt16) {
    switch type {
    case UInt16(NLMSG_NOOP): return
    case UInt16(NLMSG_ERROR), UInt16(NLMSG_DONE):
      isDone = true
      guard let code = KernelBytes.load(Int32.self, from: body, at: 0), code != 0 else { return }
      failure = code < 0 && code > -4096 ? -code : EPROTO
    case answer:
      guard let head = KernelBytes.load(nfgenmsg.self, from: body, at: 0) else {
        isMalformed = true
        return
      }
      objects.append(
        Object(
          family: head.nfgen_family, generation: UInt16(bigEndian: head.res_id),
          attributes: NFTablesAttributes(body, from: MemoryLayout<nfgenmsg>.size)))
    default: isMalformed = true
    }
  }
}
