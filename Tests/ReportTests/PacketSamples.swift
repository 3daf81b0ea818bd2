import Flows
import Packets
import Report

/// Frames made by hand, with what a decoder would have read from them.
struct PacketSamples {
  static let microsecond = Timestamp(seconds: 1_051_783_200, nanoseconds: 123_456_000)

  var source = Samples.client
  var destination = Samples.server
  var flags: TCPFlags? = [.syn]
  var sequence: UInt32 = 1_000
  var acknowledgement: UInt32 = 0
  var options: [UInt8] = []
  var payload: [UInt8] = []
  var isChecksumRight = true
  var ipOptions: [UInt8] = []
  var trafficClass: UInt8 = 0
  var vlan: UInt16?
  var link: LinkType = .ethernet

  static let syn = PacketSamples(
    options: [2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7])

  static func record(_ sample: PacketSamples, number: Int = 1, after: Int64 = 0) -> PacketRecord {
    let (frame, packet) = sample.made
    return PacketRecord(
      content: .packet(packet), frame: frame, length: frame.count,
      time: Timestamp(nanoseconds: microsecond.nanoseconds + after), number: number,
      link: sample.link)
  }

  private var is6: Bool { source.address.family == .ipv6 }

  /// The frame and the packet in it.
  var made: ([UInt8], Packet) {
    let transport = segment
    let head = linkHeader + ipHeader(transport.count)
    let frame = head + transport
    let start = frame.count - payload.count
    let header: Packet.Header =
      if let flags {
        .tcp(
          TCPHeader(
            sequence: sequence, acknowledgement: acknowledgement, flags: flags, window: 64240,
            checksum: UInt16(transport[16]) << 8 | UInt16(transport[17])))
      } else {
        .udp(checksum: UInt16(transport[6]) << 8 | UInt16(transport[7]))
      }
    return (
      frame,
      Packet(
        source: source, destination: destination,
        ip: IPHeader(
          family: source.address.family, hopLimit: 64, trafficClass: trafficClass,
          identification: is6 ? nil : 7, dontFragment: !is6,
          totalLength: frame.count - linkHeader.count),
        header: header, payload: start..<frame.count, payloadLength: payload.count,
        path: vlan.map { [.vlan($0)] } ?? [])
    )
  }

  private var linkHeader: [UInt8] {
    switch link {
    case .ethernet:
      let type: [UInt8] = is6 ? [0x86, 0xdd] : [8, 0]
      return [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]
        + (vlan.map { [0x81, 0, UInt8($0 >> 8), UInt8($0 & 255)] } ?? [])
        + type
    case .linuxCooked:
      return [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0] + (is6 ? [0x86, 0xdd] : [8, 0])
    case .linuxCooked2:
      return (is6 ? [0x86, 0xdd] : [8, 0]) + [
        0, 0, 0x7f, 0xff, 0xff, 0xf0, 0, 1, 4, 6, 2, 0, 0, 0, 0, 1, 0, 0,
      ]
    case .null, .loop: return [is6 ? 30 : 2, 0, 0, 0]
    default: return []
    }
  }

  private func ipHeader(_ length: Int) -> [UInt8] {
    if is6 {
      return [0x60 | trafficClass >> 4, trafficClass << 4, 0, 0] + big(length, 2) + [
        flags == nil ? 17 : 6, 64,
      ]
        + address(source) + address(destination)
    }
    let header: [UInt8] =
      [UInt8(0x45 + ipOptions.count / 4), trafficClass] + big(20 + ipOptions.count + length, 2)
      + [0, 7, 0x40, 0, 64, flags == nil ? 17 : 6, 0, 0] + address(source) + address(destination)
      + ipOptions
    let sum = Self.sum(header)
    return Array(header[..<10]) + big(Int(sum), 2) + Array(header[12...])
  }

  private var segment: [UInt8] {
    let ports = big(Int(source.port), 2) + big(Int(destination.port), 2)
    var bytes: [UInt8]
    let place: Int
    if let flags {
      bytes = ports + big(Int(sequence), 4) + big(Int(acknowledgement), 4)
      bytes += [
        UInt8(((20 + options.count) / 4) << 4) | UInt8(flags.rawValue >> 8),
        UInt8(flags.rawValue & 255),
      ]
      bytes += big(64240, 2) + [0, 0, 0, 0] + options + payload
      place = 16
    } else {
      bytes = ports + big(8 + payload.count, 2) + [0, 0] + payload
      place = 6
    }
    let pseudo =
      address(source) + address(destination) + [0, flags == nil ? 17 : 6] + big(bytes.count, 2)
    let sum = isChecksumRight ? Self.sum(pseudo + bytes) : 0x1234
    bytes[place] = UInt8(sum >> 8)
    bytes[place + 1] = UInt8(sum & 255)
    return bytes
  }

  private static func sum(_ bytes: [UInt8]) -> UInt16 {
    var sum = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      sum += Int(bytes[index]) << 8 + (index + 1 < bytes.count ? Int(bytes[index + 1]) : 0)
    }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    return ~UInt16(sum)
  }

  private func address(_ end: Endpoint) -> [UInt8] {
    let count = is6 ? 16 : 4
    return (0..<count).map {
      UInt8(truncatingIfNeeded: end.address.bits >> UInt128(8 * (count - 1 - $0)))
    }
  }

  private func big(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * (count - 1 - $0))) }
  }

  /// An ICMP port unreachable from the server, quoting the client's datagram.
  static var error: PacketRecord {
    var sample = PacketSamples()
    sample.flags = nil
    sample.payload = [1, 2, 3, 4]
    let quoted = Array(sample.made.0[14...])
    let message: [UInt8] = [3, 3, 0, 0, 0, 0, 0, 0] + quoted
    let sum = Self.sum(message)
    let body = [3, 3, UInt8(sum >> 8), UInt8(sum & 255)] + Array(message[4...])
    var outer: [UInt8] = [0x45, 0, 0, UInt8(20 + body.count), 0, 9, 0, 0, 64, 1, 0, 0]
    outer += sample.address(Samples.server) + sample.address(Samples.client)
    let outerSum = Self.sum(outer)
    outer[10] = UInt8(outerSum >> 8)
    outer[11] = UInt8(outerSum & 255)
    let frame = Array(sample.made.0[..<14]) + outer + body
    return PacketRecord(
      content: .error(Samples.icmp), frame: frame, length: frame.count, time: microsecond,
      number: 1,
      link: .ethernet)
  }

  /// A pcap file of records of one link type, in microseconds.
  static func pcap(_ records: [PacketRecord]) -> [UInt8] {
    let type: UInt32 =
      switch records[0].link {
      case .linuxCooked: 113
      case .linuxCooked2: 276
      case .null: 0
      case .raw: 101
      default: 1
      }
    func little(_ number: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
    }
    let head =
      little(0xa1b2_c3d4) + [2, 0, 4, 0] + little(0) + little(0) + little(262_144) + little(type)
    return records.reduce(into: head) { file, record in
      let nanoseconds = record.time.nanoseconds
      file +=
        little(UInt32(nanoseconds / 1_000_000_000))
        + little(UInt32(nanoseconds % 1_000_000_000 / 1000))
      file += little(UInt32(record.frame.count)) + little(UInt32(record.length)) + record.frame
    }
  }
}
