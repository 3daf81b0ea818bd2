import ArgumentParser
import Roles

/// `-C`, `-G`, `-W` and `-z`: the files of a live capture that go on in one another, with tcpdump's meanings.
struct RotationOptions: ParsableArguments {
  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "Go on in another file of -w behind so many million bytes (k, m, g: KiB, MiB, GiB); numbers stand behind the name.",
      valueName: "size"))
  var size: FileSize?

  @Option(
    name: .customShort("G"),
    help: ArgumentHelp(
      "Go on in another file of -w after so many seconds; the name takes the letters of strftime(3).",
      valueName: "seconds"))
  var seconds: Int?

  @Option(
    name: .customShort("W"),
    help: ArgumentHelp(
      "With -C: begin again with the first file after so many. With -G alone: end after so many.",
      valueName: "count"))
  var count: Int?

  @Option(
    name: .customShort("z"),
    help: ArgumentHelp(
      "Run this command with the name of each file that -C or -G has ended, as the user who called.",
      valueName: "command"))
  var command: String?

  mutating func validate() throws {
    if command != nil, size == nil, seconds == nil {
      throw ValidationError("-z runs when -C or -G has ended a file: give one of them")
    }
    if command == "" { throw ValidationError("-z: the command is empty") }
    if let seconds, !(1...31_536_000).contains(seconds) {
      throw ValidationError("-G takes 1 to 31536000 seconds, not \(seconds)")
    }
    if let count, !(1...1_000_000).contains(count) {
      throw ValidationError("-W takes 1 to 1000000 files, not \(count)")
    }
    if count != nil, size == nil, seconds == nil {
      throw ValidationError("-W counts the files of -C or -G: give one of them")
    }
  }

  /// The rules.
  var rotation: Rotation { Rotation(size: size?.bytes, seconds: seconds, count: count) }

  /// Throws when there is no file to go on from.
  func check(_ write: WriteOptions) throws {
    guard !rotation.isNone else { return }
    guard let file = write.file, file != "-" else {
      throw ValidationError("-C and -G go on in another file of -w: name a file to write")
    }
    if seconds != nil, write.directory?.contains("%") == true {
      throw ValidationError(
        "-w: the folder is opened once: put the letters of the time into the file's name")
    }
  }
}
