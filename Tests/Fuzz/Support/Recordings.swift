import Glibc
import Packets

@testable import Captures
@testable import Flows

/// What the fuzzers start from: the recordings of `captures/`, and the files of this host.
enum Recordings {
  /// A frame of a recording.
  struct Frame {
    let linkType: Int32
    let length: Int
    let bytes: [UInt8]
  }

  /// The project's folder.
  private static let root =
    "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  /// The paths of all recordings.
  private static let paths: [String] = files(below: root + "/captures").filter {
    $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng")
  }

  /// The bytes of the recordings, each a capture file.
  static var files: [[UInt8]] { paths.map { bytes($0, most: 65_536) } }

  /// The frames of the recordings that have `word` in their path, a file each.
  static func frames(_ word: String = "", most count: Int = 64) -> [[Frame]] {
    paths.filter { $0.contains(word) }.map { path in
      var found: [Frame] = []
      guard var file = try? CaptureFile(path: path) else { return [] }
      _ = try? file.read(most: count) { frame in
        found.append(
          Frame(
            linkType: frame.linkType, length: frame.length, bytes: [UInt8](copying: frame.bytes)))
        return true
      }
      return found
    }
  }

  /// The conversations on the port in the recordings that have `word` in their path.
  static func conversations(_ word: String = "") -> [Conversation] {
    frames(word, most: 2_000).flatMap { frames in
      var decoder = Packets.Decoder()
      var table = FlowTable()
      for (index, frame) in frames.enumerated() {
        let time = Timestamp(nanoseconds: Int64(index))
        guard let link = LinkType(number: frame.linkType),
          case .packet(let packet)? = try? decoder.decode(
            frame.bytes.span, length: frame.length, at: time, link: link),
          packet.touches(3699)
        else { continue }
        _ = table.note(
          packet, payload: frame.bytes.span.extracting(packet.payload), number: index + 1,
          time: time, link: link, wireLength: frame.length)
      }
      table.finish()
      return table.takeEnded().map(\.flow.conversation).filter { !$0.turns.isEmpty }
    }
  }

  /// The beginning of a file of this host; empty without it.
  static func bytes(_ path: String, most count: Int = 16_384) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: count)
    var end = 0
    while end < count {
      let got = unsafe bytes.withUnsafeMutableBytes {
        unsafe read(file, $0.baseAddress! + end, count - end)
      }
      if got <= 0 { break }
      end += got
    }
    return Array(bytes.prefix(end))
  }

  private static func files(below folder: String) -> [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var found: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix(".") { continue }
      let path = folder + "/" + name
      found += unsafe entry.pointee.d_type == UInt8(DT_DIR) ? files(below: path) : [path]
    }
    return found.sorted()
  }
}
