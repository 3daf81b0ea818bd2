import Glibc
import Testing

/// A large file, which several threads walk segment by segment, gives what one thread reads from a pipe.
@Suite struct SegmentedAnalysisTests {
  /// The program that writes the benchmark's captures, beside the one under test.
  private static let generator =
    Place.binary.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/BenchmarkInputs"

  /// A capture of many segments, as it is and as pcapng where that can be made, and damaged ones.
  private static func captures(in folder: TemporaryFolder) throws -> Program.Outcome {
    try Command.shell(
      """
      cd \(folder.path) && \(generator) whole.pcap 14000000 &&
      head -c 13000001 whole.pcap > cut.pcap &&
      cp whole.pcap changed.pcap &&
      head -c 600 /dev/zero | tr '\\0' '\\377' | dd of=changed.pcap bs=1 seek=9000000 conv=notrunc &&
      cat whole.pcap whole.pcap > trailing.pcap &&
      if type editcap; then editcap -F pcapng whole.pcap whole.pcapng &&
      editcap -F pcapng \(Place.root)/captures/ssh/openssh.pcap small.pcapng &&
      cat whole.pcapng small.pcapng whole.pcapng > sections.pcapng; fi
      """)
  }

  /// What is told of a damaged file but its size.
  static func withoutSizes(_ text: String) -> String {
    text.replacing(/(at byte [0-9]+) of [0-9]+/) { "\($0.output.1)" }
      .replacing(/"size":[0-9]+,/, with: "")
  }

  @Test func `Threads give what one gives, also of damaged files and of sections in the middle`()
    throws
  {
    let folder = try TemporaryFolder()
    #expect(try Self.captures(in: folder).status == 0)
    let options = [
      "--json", "--packets -e", "--json -c 100", "--json -f 'tcp and less 200'", "--mergeable",
      "--json -w OUT", "--join --json",
    ]
    let names = [
      "whole.pcap", "cut.pcap", "changed.pcap", "trailing.pcap", "whole.pcapng", "sections.pcapng",
    ]
    // Without editcap there is no pcapng. Each option meets each kind of file once and pcap as it is.
    for (index, name) in names.enumerated() where Place.isFile(folder(name)) {
      for (other, options) in options.enumerated()
      where index == 0 || other == 0 || other % (names.count - 1) == index - 1 {
        // What is a regular file and what is a pipe have one name.
        let lines = [
          "$ICWSCAN analyze OPTIONS - < \(folder(name))",
          "cat \(folder(name)) | $ICWSCAN analyze OPTIONS -",
        ]
        let outcomes = try lines.enumerated().map { number, line in
          let options = options.replacing("OUT", with: folder("\(number).pcapng"))
          return try Command.shell(line.replacing("OPTIONS", with: options))
        }
        // Of a pipe nobody knows how much is behind the damage.
        let (told, errors) = (
          outcomes.map { Self.withoutSizes($0.output) },
          outcomes.map { Self.withoutSizes($0.errors) }
        )
        #expect(told[0] == told[1], "\(name) \(options)")
        #expect(errors[0] == errors[1], "\(name) \(options)")
        let isWhole =
          ["whole", "sections"].contains { name.hasPrefix($0) } || options.contains("-c ")
        #expect(outcomes.allSatisfy { $0.status == (isWhole ? 0 : 4) }, "\(name) \(options)")
      }
    }
    #expect(Place.read(folder("0.pcapng")) == Place.read(folder("1.pcapng")))
    #expect(Place.isFile(folder("0.pcapng")))
  }
}
