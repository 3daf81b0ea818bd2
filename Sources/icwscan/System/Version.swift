/// The version, as `--version`, captures and the man page carry it.
enum Version {
  static let number = "0.1.0"
  static var text: String { "icwscan \(number)" }
}
