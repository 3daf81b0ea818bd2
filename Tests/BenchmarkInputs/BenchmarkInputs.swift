import Glibc

/// `BenchmarkInputs FILE BYTES`: writes the benchmark's capture, the same in every run.
@main enum BenchmarkInputs {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let size = Int(arguments[2]), size > 0 else {
      fail("usage: BenchmarkInputs FILE BYTES")
    }
    let descriptor = unsafe open(arguments[1], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { fail("can't write \(arguments[1])") }
    var generator = CaptureGenerator()
    guard let told = generator.write(size, to: descriptor), close(descriptor) == 0 else {
      fail("can't write \(arguments[1])")
    }
    print(told)
  }

  private static func fail(_ words: String) -> Never {
    let line = Array((words + "\n").utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(2)
  }
}
