/// A capture in a regular file, as far as it is known where its records are, for threads that walk segments of it.
///
/// What the file says about itself in front of the segments (byte order, interfaces) is taken to hold in them; where
/// a segment says something else, or describes processes for the frames behind it, it is not walked here.
struct SharedCapture: Sendable {
  private let descriptor: SharedDescriptor
  private let name: String
  /// The file's size when it was opened.
  let size: UInt64
  private let pcap: PcapLayout?
  private let section: PcapngSection.Known

  /// What others may walk of a file; nil where its bytes can't be read at several places at once.
  init?(_ file: borrowing CaptureFile) {
    guard !file.isUnpacked, let size = file.input.size, let descriptor = file.input.shared()
    else { return nil }
    self.descriptor = descriptor
    self.size = size
    name = file.name
    pcap = file.pcap
    section = file.section.known
  }

  /// Walks a segment; nil where that takes more than its own bytes tell: no record's begin was found, something is
  /// damaged, or another section or interface begins.
  func walk(_ segment: Segment, sifting sieve: FrameBatch.Sieve) -> WalkedSegment? {
    let range = segment.range
    let input = BufferedInput(
      SegmentSource(descriptor, range, name: name), source: name, size: size,
      offset: range.lowerBound)
    var file = CaptureFile(input, pcap, PcapngSection(section), isUnpacked: false)
    file.damage.isPassed = false
    guard segment.beginsRecord || file.findRecord() else { return nil }
    var walked = WalkedSegment(begin: file.bytesRead)
    do {
      try file.read(before: range.upperBound, sifting: sieve) { frame in
        walked.keep(frame)
        return true
      }
    } catch {
      return nil
    }
    guard file.section.changes == 0, file.section.register.processes.isEmpty else { return nil }
    walked.end = file.bytesRead
    walked.frameCount = file.frameCount
    walked.first = file.first
    walked.last = file.last
    return walked
  }
}
