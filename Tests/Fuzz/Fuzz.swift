import CFuzzer
import Glibc

/// The fuzzers: `FUZZ_TARGET=NAME Fuzz [libFuzzer's options and folders]`, `Fuzz --list`, `FUZZ_TARGET=NAME Fuzz --seeds
/// FOLDER`. The name is in the environment because libFuzzer starts itself again with its own words (to minimise what it
/// found, for example).
@main enum Fuzz {
  /// What is fuzzed in this run.
  private static let target: FuzzTarget = {
    let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
    guard let found = FuzzTarget.all.first(where: { $0.name == name }) else {
      print("FUZZ_TARGET names one of: \(FuzzTarget.all.map(\.name).joined(separator: " "))")
      exit(2)
    }
    return found
  }()

  static func main() {
    let words = CommandLine.arguments.dropFirst()
    switch words.first {
    case "--list":
      for target in FuzzTarget.all { print(target.name, target.longest) }
    case "--seeds":
      write(target.seeds(), to: words.dropFirst().first ?? ".")
    default:
      var count = CommandLine.argc
      var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
        unsafe CommandLine.unsafeArgv
      let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, size in
        Fuzz.target.run(unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: size)))
        return 0
      }
      exit(status)
    }
  }

  private static func write(_ seeds: [[UInt8]], to folder: String) {
    for (number, seed) in Set(seeds.filter { $0.count <= target.longest }).enumerated() {
      let file = unsafe open("\(folder)/seed-\(number)", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
      demand(unsafe Glibc.write(file, seed, seed.count) == seed.count, "a seed can be written")
      close(file)
    }
  }
}
