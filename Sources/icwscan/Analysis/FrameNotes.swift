import Captures
import Report

/// What capture files say beside the bytes of the packets of each open flow, by the flow's number: their comments and the
/// interfaces that they were captured on. Bounded: a file may say anything.
struct FrameNotes: Sendable {
  /// Interfaces that are kept of one flow.
  static let mostInterfaces = 4
  /// Bytes of comments that are kept of all open flows.
  private static let mostText = 4 * 1024 * 1024

  private struct OfFlow {
    var comments: [FlowRecord.Comment] = []
    var more = 0
    var interfaces: [[UInt8]] = []
  }

  private var flows: [Int: OfFlow] = [:]
  private var text = 0
  /// The flow and the interface of the last frame, whose name need not be looked at again.
  private var last = (flow: 0, interface: -1)

  /// Notes what is said of a frame of a flow.
  mutating func note(_ frame: borrowing Frame, flow: Int) {
    if last != (flow, frame.interface), let name = frame.interfaceName {
      last = (flow, frame.interface)
      note(interface: name, flow: flow)
    }
    guard frame.hasOptions else { return }
    note(FrameRemarks(comments: frame.comments), packet: frame.number, flow: flow)
  }

  /// Notes what is said of a packet of a flow, by the packet's number.
  mutating func note(_ remarks: FrameRemarks, packet: Int, flow: Int) {
    if let name = remarks.interface { note(interface: name, flow: flow) }
    for comment in remarks.comments {
      if flows[flow, default: OfFlow()].comments.count < FrameRemarks.mostComments,
        text < Self.mostText
      {
        flows[flow, default: OfFlow()].comments.append(
          FlowRecord.Comment(packet: packet, text: comment))
        text += comment.count
      } else {
        flows[flow, default: OfFlow()].more += 1
      }
    }
    if remarks.commentsNotListed > 0 {
      flows[flow, default: OfFlow()].more += remarks.commentsNotListed
    }
  }

  private mutating func note(interface name: [UInt8], flow: Int) {
    let known = flows[flow]?.interfaces ?? []
    if known.count < Self.mostInterfaces, !known.contains(name) {
      flows[flow, default: OfFlow()].interfaces.append(name)
    }
  }

  /// Puts into a flow's record what was said of it.
  mutating func take(_ flow: Int, into record: inout FlowRecord) {
    if last.flow == flow { last = (0, -1) }
    guard let known = flows.removeValue(forKey: flow) else { return }
    text -= known.comments.reduce(0) { $0 + $1.text.count }
    record.comments = known.comments
    record.commentsNotListed = known.more
    record.interfaces = known.interfaces
    record.origin.interface = known.interfaces.first
  }
}

extension FrameRemarks {
  /// What its file says of a frame; nil when that is nothing.
  init?(_ frame: borrowing Frame) {
    self.init(
      interface: frame.interfaceName, comments: frame.hasOptions ? frame.comments : [])
    if isEmpty { return nil }
  }
}
