import CPcap
import Glibc

/// The two numberings of link types, as libpcap maps them: its table is not public, so it is asked wherever the two may
/// differ. Where they don't, it need not be loaded, which takes longer than to read a small capture.
enum LinkTypeNumbers {
  /// What libpcap calls LINKTYPE_MATCHING_MIN and MAX (pcap-common.c): between them both numbers of a link type are the
  /// same, by design; likewise those below eleven. Left out are ATM with classical IP, which has two, and what other systems
  /// number otherwise (246 to 248). A later version may go higher.
  private static let same: [ClosedRange<UInt32>] = [
    0...10, 104...105, 107...245, 249...288,
  ]

  /// What libpcap makes of the header of a pcap file.
  struct Header {
    var linkType: Int32
    var snapshotLength: Int
  }

  /// The DLT and snapshot length of a pcap file's 24-byte header, or libpcap's message.
  ///
  /// The corresponding C function is `pcap_fopen_offline_with_tstamp_precision`.
  static func read(header: [UInt8]) -> (header: Header?, message: String?) {
    var copy = header
    return unsafe copy.withUnsafeMutableBytes { bytes -> (Header?, String?) in
      guard let stream = unsafe fmemopen(bytes.baseAddress, bytes.count, "rb") else {
        return (nil, nil)
      }
      var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
      guard
        let capture = unsafe pcap_fopen_offline_with_tstamp_precision(
          stream, UInt32(PCAP_TSTAMP_PRECISION_NANO), &message)
      else {
        unsafe fclose(stream)
        return (nil, String(cCharacters: message))
      }
      defer { unsafe pcap_close(capture) }
      let header = unsafe Header(
        linkType: pcap_datalink(capture), snapshotLength: Int(pcap_snapshot(capture)))
      return (header, nil)
    }
  }

  /// The DLT number and snapshot length of a pcap file that nobody doubts: of version 2.4, with a link type that has one
  /// number, nothing beside it, and a snapshot length that libpcap takes as it is. nil for any other, which it judges.
  static func plain(version: (UInt16, UInt16), link: UInt32, snapshotLength: UInt32) -> Header? {
    guard version == (2, 4), 1...262_144 ~= snapshotLength, isSame(link) else { return nil }
    return Header(linkType: Int32(link), snapshotLength: Int(snapshotLength))
  }

  /// Whether a number means the same in both.
  static func isSame(_ number: UInt32) -> Bool { same.contains { $0 ~= number } }

  /// The DLT number of a LINKTYPE number; the same number where libpcap knows of no difference.
  static func linkType(file number: UInt16) -> Int32 {
    if isSame(UInt32(number)) { return Int32(number) }
    var header: [UInt8] = [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0]
    header += [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0]
    header += [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8), 0, 0]
    return read(header: header).header?.linkType ?? Int32(number)
  }

  /// The LINKTYPE number of a DLT number, or the same number when libpcap has none, for the file `name`.
  ///
  /// - Throws: `CaptureError` when libpcap is needed and can't be loaded.
  static func fileNumber(linkType: Int32, for name: String) throws(CaptureError) -> UInt32 {
    let number = UInt32(bitPattern: linkType)
    if isSame(number) { return number }
    try PcapLibrary.require(for: name)
    return fileNumber(linkType: linkType) ?? number
  }

  /// The LINKTYPE number of a DLT number; nil when libpcap has none.
  ///
  /// The corresponding C function is `pcap_dump_fopen`.
  static func fileNumber(linkType: Int32) -> UInt32? {
    guard let capture = unsafe pcap_open_dead(linkType, 262_144) else { return nil }
    defer { unsafe pcap_close(capture) }
    var header = [UInt8](repeating: 0, count: 64)
    let isWritten = unsafe header.withUnsafeMutableBytes { bytes in
      guard let stream = unsafe fmemopen(bytes.baseAddress, bytes.count, "wb") else {
        return false
      }
      guard let dump = unsafe pcap_dump_fopen(capture, stream) else {
        // Whether libpcap has closed the stream is not told, and closing it twice would be worse.
        return false
      }
      unsafe pcap_dump_close(dump)
      return true
    }
    guard isWritten else { return nil }
    let number = header.span.uint32(at: 20, bigEndian: UInt32(1).bigEndian == 1)
    return number & 0x03ff_ffff
  }
}

extension String {
  /// The text of a C string in an array, up to its NUL.
  init(cCharacters: [CChar]) {
    self.init(
      decoding: cCharacters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
