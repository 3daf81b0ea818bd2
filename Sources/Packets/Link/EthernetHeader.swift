/// An Ethernet header (IEEE 802.3 clause 3).
struct EthernetHeader {
  let destination: UInt64
  let source: UInt64
  /// EtherType, or the length of IEEE 802.3.
  let type: UInt16

  /// Reads and passes the 14 bytes.
  init(_ extent: inout Extent) throws(Malformed) {
    try extent.require(14, .link)
    destination = extent.uint48(0)
    source = extent.uint48(6)
    type = extent.uint16(12)
    extent.advance(14)
  }
}
