import Glibc

/// Runs programs to their end.
enum Command {
  /// Runs `icwscan` in the package's folder, or in `directory`.
  static func icwscan(
    _ words: String..., input: String = "/dev/null", directory: String = Place.root,
    environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    try run(
      [Place.binary] + words, input: input, directory: directory, environment: environment)
  }

  /// Runs any program.
  static func run(
    _ words: [String], input: String = "/dev/null", directory: String = Place.root,
    environment: [String: String] = [:], seconds: Int = 120
  ) throws -> Program.Outcome {
    try Program(words, input: input, directory: directory, environment: environment)
      .finish(seconds: seconds)
  }

  /// Runs a line of the shell, in which `$ICWSCAN` is the program under test.
  static func shell(_ line: String, directory: String = Place.root) throws -> Program.Outcome {
    try run(
      ["bash", "-c", line], directory: directory, environment: ["ICWSCAN": Place.binary])
  }
}
