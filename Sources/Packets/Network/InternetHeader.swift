/// The header of one IP datagram, of either version, as the layers above need it.
struct InternetHeader: Sendable {
  let source: IPAddress
  let destination: IPAddress
  let facts: IPHeader
  /// The protocol or next header (IANA "Protocol Numbers").
  let next: UInt8

  /// The header of the datagram that its fragments make, `length` bytes long as a whole.
  func reassembled(length: Int) -> InternetHeader {
    InternetHeader(
      source: source, destination: destination,
      facts: IPHeader(
        family: facts.family, hopLimit: facts.hopLimit, trafficClass: facts.trafficClass,
        identification: facts.identification, dontFragment: facts.dontFragment, totalLength: length,
        reassembled: true),
      next: next)
  }

  /// The same header with a fragment header's identification and next header.
  func identified(_ identification: UInt32, next: UInt8) -> InternetHeader {
    InternetHeader(
      source: source, destination: destination,
      facts: IPHeader(
        family: facts.family, hopLimit: facts.hopLimit, trafficClass: facts.trafficClass,
        identification: identification, dontFragment: facts.dontFragment,
        totalLength: facts.totalLength, reassembled: facts.reassembled),
      next: next)
  }
}
